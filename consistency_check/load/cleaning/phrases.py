"""The words by which mail clients, in many languages, mark what is not the author's: data, no code.

Each was written down from what the clients put into mails; letter case never matters. Phrases are parted by
semicolons.
"""

from __future__ import annotations


def _split(phrases: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in phrases.split(";"))


OPENERS = _split(
    """on; am; le; el; il; il giorno; em; a; op; den; på; pe; în; in data; dne; dnia; w dniu; στις;
    vào; pada; pada tanggal; na; dana; tanggal; på den; em data; на; 在; 于; 於; בתאריך; ב-; في;
    bei; quoting; citando a; citation de; zitat von"""
)
"""How a line begins that names the day on which somebody wrote ("On 5 March 2026 …")."""

WROTE = _split(
    """wrote; writes; schrieb; geschrieben; a écrit; écrit; ecrit; escribió; escribio; ha scritto;
    scrive; escreveu; schreef; het volgende geschreven; skrev; kirjoitti; napisał; napisała;
    napisał(a); pisze; napsal; napsala; napsal(a); napísal; napísala; napísal(a); написал;
    написала; написал(а); пишет; пише; написав; написа; yazdı;
    写道; 寫道; 書きました; 님이 작성; 작성; ezt írta; írta; a scris; έγραψε; כתב; כתבה; كتب;
    đã viết; menulis; je napisao; je napisal; rašė; kirjutas; rakstīja; quoting;
    citando a; citation de; zitat von"""
)
"""That somebody wrote."""

YOU_WROTE = _split(
    """you wrote; you write; you asked; you said; schrieben sie; sie schrieben; schriebst du;
    du schriebst; haben sie geschrieben; hast du geschrieben; vous avez écrit; tu as écrit;
    vous écriviez; usted escribió; usted escribio; ha scritto lei; lei ha scritto; você escreveu;
    schreef u; u schreef; schreef je; je schreef; skrev du; du skrev; pan napisał; pani napisała;
    kirjoititte; вы написали; we wrote; i wrote; schrieb ich; schrieben wir"""
)
"""An author's own way to take up what the reader said; no client writes it."""

LABELS = {
    "from": _split(
        """from; von; de; van; da; från; fra; lähettäjä; od; от; від; kimden; gönderen; 差出人;
        发件人; 寄件者; 寄件人; 보낸 사람; 보낸사람; feladó; από; מאת; من; expéditeur; absender;
        mittente; de la; từ; dari; 送信者"""
    ),
    "sent": _split(
        """sent; date; gesendet; datum; envoyé; envoyé le; date d'envoi; enviado; enviado el;
        enviado em; enviada em; enviada; fecha; data; inviato; verzonden; skickat; sendt; dato;
        lähetetty; päivämäärä; päiväys; wysłano; wysłane; odesláno; odoslané; dátum; дата;
        отправлено; надіслано; tarih; gönderildi; gönderme tarihi; 送信日時; 日時;
        日付; 发送时间; 发送日期; 寄件日期; 傳送時間; 日期; 时间; 보낸 날짜; 날짜; elküldve;
        ημερομηνία; στάλθηκε; נשלח; תאריך; تاريخ; التاريخ; trimis; ngày; tanggal;
        dikirim"""
    ),
    "to": _split(
        """to; an; à; a; para; aan; till; til; vastaanottaja; do; dla; komu; pro; кому; kime;
        alıcı; 宛先; 收件人; 收件者; 받는 사람; 받는사람; címzett; προς; אל; إلى; către; đến;
        kepada; destinataire; destinatario; empfänger"""
    ),
    "copy": _split(
        """cc; bcc; kopie; copie; copia; cópia; kopia; kopi; kopio; dw; копия; копія; 抄送;
        副本; 참조; másolat; κοιν; עותק; نسخة; bilgi; reply-to; antwort an"""
    ),
    "subject": _split(
        """subject; re; betreff; objet; asunto; oggetto; assunto; onderwerp; ämne; emne; aihe; temat;
        předmět; predmet; тема; konu; 件名; 主题; 主旨; 主題; 제목; tárgy; θέμα; נושא;
        الموضوع; subiect; chủ đề; subjek; perihal"""
    ),
}
"""The labels of a mail's header as clients copy it into the text, by what they label."""

ORIGINAL = _split(
    """original message; original appointment; forwarded message; forwarded by; reply message;
    ursprüngliche nachricht; originalnachricht; original-nachricht; weitergeleitete nachricht;
    message d'origine; message d’origine; message original; message transféré; mensaje original;
    mensaje reenviado; messaggio originale; messaggio inoltrato; mensagem original;
    mensagem encaminhada; oorspronkelijk bericht; doorgestuurd bericht; originalmeddelande;
    ursprungligt meddelande; vidarebefordrat meddelande; oprindelig meddelelse; original meddelelse;
    opprinnelig melding; videresendt melding; videresendt meddelelse; alkuperäinen viesti;
    välitetty viesti; wiadomość oryginalna; oryginalna wiadomość; wiadomość przekazana;
    původní zpráva; přeposlaná zpráva; исходное сообщение;
    пересылаемое сообщение; пересланное сообщение;
    orijinal mesaj; özgün ileti; iletilen mesaj; 元のメッセージ; 転送メッセージ; 原始邮件; 转发邮件;
    原始郵件; 轉寄郵件; 원본 메시지; 전달된 메시지; eredeti üzenet; továbbított üzenet;
    mesaj original; αρχικό μήνυμα; הודעה מקורית; הודעה שהועברה; الرسالة الأصلية; thư gốc;
    pesan asli"""
)
"""What stands between the dashes above a copied mail."""

FORWARDED = _split(
    """begin forwarded message; anfang der weitergeleiteten nachricht; début du message transféré;
    début du message réexpédié; inicio del mensaje reenviado; inizio messaggio inoltrato;
    início da mensagem encaminhada; início da mensagem reencaminhada; begin doorgestuurd bericht;
    vidarebefordrat brev; start på videresendt besked; videresendt melding; välitetty viesti alkaa;
    początek przekazywanej wiadomości;
    начало переадресованного сообщения; 転送されたメッセージ"""
)
"""A whole line, perhaps with a colon, above a mail that was passed on."""

REPLY_ABOVE = _split(
    """type your reply above this line; reply above this line; write above this line; reply above line;
    respond above this line; antworten sie oberhalb dieser zeile; oberhalb dieser zeile antworten;
    répondez au-dessus de cette ligne; répondre au-dessus de cette ligne;
    escriba su respuesta encima; responda por encima de esta línea; rispondi sopra questa riga;
    scrivi sopra questa riga; responda acima desta linha; antwoord boven deze regel;
    typ uw antwoord boven deze regel; svar over denne linje; svara ovanför den här raden;
    odpowiedz powyżej tej linii"""
)
"""A help desk's line above which the customer is to answer."""

ANSWERS_INSIDE = _split(
    """in red; in blue; in green; in bold; in caps; in capitals; inline; in-line; in line with;
    between the lines; in your text; in your mail below; in your email below; in rot; in blau;
    in grün; in fett; rot markiert; farbig; direkt im text; in ihrer mail; im text unten; en rouge;
    en bleu; en vert; en gras; dans le texte; dans votre message; en rojo; en azul; en verde;
    en negrita; en el texto; in rosso; in verde; in grassetto; nel testo; em vermelho; em azul;
    em negrito; no texto; in het rood; in het blauw; in uw tekst; i rött; i blått; med rødt; i rødt;
    na czerwono; w tekście; красным; в тексте; punaisella"""
)
"""The author says that the answers stand inside the copied mail."""

ANSWER_STEMS = _split(
    """answer; repl; respon; comment; see; mark; below; my text; antwort; siehe; kommentar; meine texte;
    unten; répon; voir; ci-dessous; respuest; véase; vea; abajo; rispost; vedi; sotto; respost;
    veja; abaixo; antwoord; zie; hieronder; svar; odpow; niżej; poniżej; ответ; ниже; vastau;
    alla"""
)
"""Words, or their beginnings, that tell answers inside a mail from a lamp "in red"."""

BELOW = _split(
    """below; unten; untenstehend; ci-dessous; plus bas; más abajo; a continuación; qui sotto;
    di seguito; abaixo; hieronder; onderstaand; nedan; nedenfor; poniżej; ниже"""
)
"""The author points down; in a short note above a copied mail, that is where the answer stands."""

GREETINGS = _split(
    """hi; hello; hey; dear; good morning; good afternoon; good evening; greetings; hallo; guten tag;
    guten morgen; guten abend; sehr geehrte; sehr geehrter; liebe; lieber; moin; servus; grüezi;
    bonjour; bonsoir; cher; chère; madame; monsieur; hola; estimado; estimada; buenos días;
    buenas tardes; ciao; buongiorno; buonasera; gentile; salve; olá; bom dia; boa tarde; prezado;
    prezada; caro; cara; beste; geachte; goedemorgen; goedemiddag; hej; hei; hejsan; god dag; kära;
    kjære; kære; moi; hyvä; cześć; dzień dobry; szanowny; szanowna; witam; dobrý den; vážený;
    vážená; здравствуйте; добрый день; уважаемый; уважаемая;
    привет; merhaba; sayın; 您好; 你好; 안녕하세요"""
)
"""How a salutation begins."""

CLOSINGS = _split(
    """kind regards; best regards; warm regards; warmest regards; kindest regards; regards; best;
    with kind regards; with best regards; many thanks and kind regards; best wishes; all the best;
    warm wishes; cheers; sincerely; sincerely yours; yours sincerely; yours faithfully; yours;
    yours truly; respectfully; thanks; many thanks; thank you; thanks again; kr; br; rgds;
    mit freundlichen grüßen; mit freundlichem gruß; freundliche grüße; viele grüße;
    beste grüße; liebe grüße; herzliche grüße; schöne grüße; mit besten grüßen;
    freundliche grüsse; mfg; lg; mit freundlichen grüssen; beste grüsse; viele grüsse; vg;
    cordialement; bien cordialement; bien à vous; sincères salutations; meilleures salutations;
    salutations distinguées; cdlt; saludos; saludos cordiales; un saludo; un cordial saludo;
    atentamente; cordialmente; reciba un cordial saludo; cordiali saluti; distinti saluti;
    un cordiale saluto; saluti; atenciosamente; com os melhores cumprimentos; melhores cumprimentos;
    cumprimentos; abraços; att; met vriendelijke groet; met vriendelijke groeten; vriendelijke groet;
    vriendelijke groeten; hartelijke groeten; groeten; mvg; med vänliga hälsningar;
    vänliga hälsningar; mvh; hälsningar; bästa hälsningar; med venlig hilsen; venlig hilsen;
    de bedste hilsner; med vennlig hilsen; vennlig hilsen; hilsen; ystävällisin terveisin; terveisin;
    z poważaniem; pozdrawiam; z wyrazami szacunku; serdecznie pozdrawiam; s pozdravem;
    s přátelským pozdravem; hezký den; s pozdravom; с уважением;
    с наилучшими пожеланиями; з повагою; saygılarımla;
    saygılarımızla; üdvözlettel; tisztelettel; cu stimă; cu respect; με εκτίμηση;
    φιλικά; 敬具; よろしくお願いいたします; 此致; 祝好; 감사합니다; בברכה; مع أطيب التحيات;
    trân trọng; salam; hormat kami"""
)
"""A whole line, perhaps with a comma, above the author's name."""

SENT_FROM = _split(
    """sent from my; sent from; sent via; sent using; sent with; get outlook for; von meinem;
    gesendet von meinem; gesendet von; gesendet mit; von unterwegs gesendet; outlook für;
    envoyé de mon; envoyé depuis; envoyé à partir de; télécharger outlook; obtenez outlook;
    enviado desde; obtener outlook; inviato da; scarica outlook; enviado do meu; enviado de;
    enviado do; obter o outlook; verzonden vanaf; verstuurd vanaf; skickat från; sendt fra; lähetetty;
    wysłane z; odesláno z; отправлено с; отправлено из;
    iphone'umdan gönderildi; iphoneから送信; 发自我的; 나의 iphone에서"""
)
"""How the line begins that a phone's mail program adds."""

POSTSCRIPTS = _split("""ps; p.s.; p.s; p. s.; p.p.s.; pps; n.b.; nb; note; hinweis; update; edit""")
"""How words begin that an author adds below the name."""

NOTICES = _split(
    """confidential; privileged; intended recipient; intended solely; intended only; addressee;
    received this in error; received this e-mail in error; received this email in error; unauthorised;
    received this message in error; unauthorized; disclosure; virus; disclaimer; legally binding;
    registered in england; registered office; company number; before printing; print this email;
    print this e-mail; do not print; vertraulich; irrtümlich; unbefugt; rechtlich geschützt;
    bestimmungsgemäße; nicht der richtige adressat; sitz der gesellschaft; registergericht;
    handelsregister; amtsgericht; geschäftsführer; ust-id; confidentiel; destinataire; par erreur;
    divulgation; confidencial; destinatario; por error; divulgación; riservat; destinatari;
    per errore; confidenciais; destinatário; por engano; vertrouwelijk; geadresseerde;
    ten onrechte ontvangen; konfidentiell; avsedd mottagare; fortrolig; poufn; adresat;
    конфиденциальн; адресат"""
)
"""Words of a legal notice; it takes two different ones in a paragraph to make it one."""
