#include "core/connect/alerts/alert_mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/connect/connections/host_port.h"
#include "core/data/base64.h"
#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::size_t kLongestSubject = 200;  // bytes
constexpr std::size_t kLineDigits = 76;       // RFC 2045

/// RFC 2047: words of at most 75 characters, in lines of their own. No line end of the text gets into the
/// head.
std::string encodedSubject(const std::string& text) {
    constexpr std::size_t kWordBytes = 45;
    std::string clean = excerpt(text, kLongestSubject);
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return isAsciiControl(c); }, ' ');
    std::string out;
    for (std::string_view left = clean; !left.empty();) {
        const std::string_view word = wholeCharacters(left, kWordBytes);
        if (word.empty()) break;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?";
        appendBase64(out, word);
        out += "?=";
        left.remove_prefix(word.size());
    }
    return out;
}

/// “Thu, 26 Nov 2026 14:30:00 +0000”
std::string mailDate(Instant now) {
    static constexpr std::array kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr Millis kDay = 86'400'000;
    const std::int64_t days = now / kDay, seconds = now % kDay / 1'000;
    const CivilDate date = civilFromDays(days);
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", kDays[static_cast<std::size_t>(days % 7)],
                       date.day, kMonths[static_cast<std::size_t>(date.month - 1)], date.year,
                       seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string bodyLines(const std::string& text) {
    std::string digits, out;
    appendBase64(digits, text);
    for (std::size_t at = 0; at < digits.size(); at += kLineDigits)
        out += digits.substr(at, kLineDigits) + "\r\n";
    return out;
}

/// The same for the same letters alone: who has it already may show it once, and must not take a mail with
/// more letters for it.
std::string mailName(std::span<const AlertLetter> letters) {
    if (letters.size() == 1) return letters.front().id();
    std::string all;
    for (const AlertLetter& letter : letters) all += letter.id();
    return hexDigest(all);
}

std::string domainOf(const std::string& address) {
    const std::size_t at = address.find('@');
    return at == std::string::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

Result<MailServer> mailServer(const NodeConnection& connection) {
    MailServer server;
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(connection.field("address"), 0));
    server.host = at.host;
    server.port = at.port;
    const std::string security = connection.field("security");
    // Another text is a mistake in the file, and no permission to go without.
    server.security = security == "tls"   ? MailServer::Security::Tls
                      : security == "off" ? MailServer::Security::Clear
                                          : MailServer::Security::StartTls;
    server.user = connection.field("user");
    server.caFile = connection.field("ca_file");
    server.certificate.file = connection.field("client_certificate");
    server.certificate.keyFile = connection.field("client_key");
    if (!server.user.empty()) {
        RW_TRY_ASSIGN(server.password, connection.secret("password"));
    }
    if (!server.certificate.file.empty()) {
        RW_TRY_ASSIGN(server.certificate.passphrase, connection.secret("key_passphrase"));
    }
    return server;
}

std::vector<std::string> mailRecipients(const NodeConnection& connection) {
    std::vector<std::string> recipients;
    const std::string text = connection.field("recipients");
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(',', from), text.size());
        std::string_view one = std::string_view(text).substr(from, end - from);
        while (!one.empty() && isAsciiBlank(one.front())) one.remove_prefix(1);
        while (!one.empty() && isAsciiBlank(one.back())) one.remove_suffix(1);
        if (!one.empty()) recipients.emplace_back(one);
        from = end + 1;
    }
    if (recipients.empty()) recipients.push_back(connection.field("sender"));
    return recipients;
}

Mail alertMail(std::span<const AlertLetter> letters, const NodeConnection& connection,
               const std::string& pipeline, const AlertSpeaker& say, Instant now) {
    Mail mail;
    mail.sender = connection.field("sender");
    mail.recipients = mailRecipients(connection);
    Text subject = alertTitle(letters.front());
    if (letters.size() > 1) subject = RW_TEXT("alert", "%1, and %2 more").with(subject, letters.size() - 1);
    std::string body;
    for (const AlertLetter& letter : letters) {
        if (!body.empty()) body += "\r\n";
        body += say(alertTitle(letter)) + "\r\n";
        for (const Text& line : alertLines(letter, pipeline)) body += say(line) + "\r\n";
    }
    std::string to;
    // Lines of a head have an end at 998 bytes.
    for (const std::string& recipient : mail.recipients) to += (to.empty() ? "" : ",\r\n ") + recipient;
    mail.content = fmt::format(
        "From: Rillwright <{}>\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n{}",
        mail.sender, to, encodedSubject(say(subject)), mailDate(now), mailName(letters),
        domainOf(mail.sender), bodyLines(body));
    return mail;
}

}  // namespace rw
