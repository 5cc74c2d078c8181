#include "core/net/mail_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/base/ascii.h"
#include "core/net/curl_handles.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr int kLookMillis = 100;  // how often the caller is asked
constexpr long kFarewellSeconds = 1;

std::string mailUrl(const MailServer& server) {
    const bool colons = server.host.find(':') != std::string::npos;  // IPv6
    return fmt::format("{}://{}:{}", server.security == MailServer::Security::Tls ? "smtps" : "smtp",
                       colons ? "[" + server.host + "]" : server.host, server.port);
}

std::size_t giveBytes(char* into, std::size_t one, std::size_t count, void* from) {
    auto& left = *static_cast<std::string_view*>(from);
    const std::size_t size = std::min(one * count, left.size());
    std::memcpy(into, left.data(), size);
    left.remove_prefix(size);
    return size;
}

/// Of a transfer, for those that read its answers.
struct MailTransfer {
    CURL* easy;
    const std::string_view* left;  ///< of the mail
};

/// A server that has taken the mail may be silent when it is left: libcurl would wait for its farewell, for
/// two minutes, and ask nobody.
std::size_t readAnswer(char* line, std::size_t one, std::size_t count, void* of) {
    const auto& transfer = *static_cast<const MailTransfer*>(of);
    if (transfer.left->empty() && one * count > 0 && line[0] == '2')
        curl_easy_setopt(transfer.easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, kFarewellSeconds);
    return one * count;
}

std::size_t dropBytes(char*, std::size_t one, std::size_t count, void*) {
    return one * count;
}

Status usableMail(const MailServer& server, const Mail& mail) {
    const auto wrong = [](const std::string& address) {
        return Status(ErrorCode::Invalid, RW_TEXT("net", "“%1” is no address of a mail.").with(address),
                      RW_TEXT("net", "Write it as name@example.org."));
    };
    if (!isMailAddress(mail.sender)) return wrong(mail.sender);
    if (mail.recipients.empty()) return wrong({});
    for (const std::string& recipient : mail.recipients) {
        if (!isMailAddress(recipient)) return wrong(recipient);
    }
    const bool clear = server.security == MailServer::Security::Clear && !isLoopback(mailUrl(server));
    if (clear && !server.user.empty()) {
        return {ErrorCode::Refused,
                RW_TEXT("net", "A password would go to %1 without encryption.").with(mailUrl(server)),
                RW_TEXT("net", "Choose STARTTLS or TLS for this connection.")};
    }
    return {};
}

/// What a transfer that failed says; `code`: the last answer of the server, 0: none.
Status mailError(const MailServer& server, const TransferEnd& end, long code) {
    const std::string at = mailUrl(server);
    switch (end.code) {
        case CURLE_LOGIN_DENIED:
            return {ErrorCode::Denied, RW_TEXT("net", "%1 does not accept user and password.").with(at),
                    RW_TEXT("net", "Correct them; a mail provider may want a password for programs.")};
        case CURLE_USE_SSL_FAILED:
            return {ErrorCode::Refused, RW_TEXT("net", "%1 does not offer encryption (STARTTLS).").with(at),
                    RW_TEXT("net", "Choose TLS where the port is 465; else another server.")};
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorCode::Io, RW_TEXT("net", "%1 does not speak TLS.").with(at),
                    RW_TEXT("net", "STARTTLS is usual on port 587, TLS on port 465.")};
        default:
            break;
    }
    constexpr long kLasting = 500, kPassing = 400;
    if (code >= kPassing && code < 600 && end.code != CURLE_OPERATION_TIMEDOUT) {
        return {code >= kLasting ? ErrorCode::Refused : ErrorCode::Io,
                RW_TEXT("net", "%1 did not take the mail: %2")
                    .with(at, end.said.empty() ? std::to_string(code) : firstLineOf(end.said)),
                RW_TEXT("net", "See whether it knows the sender and the recipients.")};
    }
    HttpServer as;
    as.address = at;
    as.caFile = server.caFile;
    as.certificate = server.certificate;
    return transferError(as, end);
}

}  // namespace

bool isMailAddress(std::string_view text) {
    const auto wrong = [](char c) {
        return isAsciiControl(c) || isAsciiBlank(c) ||
               std::string_view("<>()[],;:\\\"").find(c) != std::string_view::npos;
    };
    const std::size_t at = text.find('@');
    return at != 0 && at != std::string_view::npos && at + 1 < text.size() && at == text.rfind('@') &&
           std::none_of(text.begin(), text.end(), wrong);
}

Result<long> sendMail(const MailServer& server, const Mail& mail, const std::function<bool()>& cancelled) {
    RW_TRY(usableMail(server, mail));
    CurlHandles curl;
    const std::string url = mailUrl(server), from = "<" + mail.sender + ">";
    std::string_view left = mail.content;
    CurlHeaders recipients;
    for (const std::string& recipient : mail.recipients) recipients.add(("<" + recipient + ">").c_str());
    curl.set(CURLOPT_URL, url.c_str());
    curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl.set(CURLOPT_NOSIGNAL, 1L);
    curl.set(CURLOPT_QUICK_EXIT, 1L);
    curl.set(CURLOPT_ERRORBUFFER, curl.said);
    curl.set(CURLOPT_PROXY, "");
    curl.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.connectWithin));
    curl.set(CURLOPT_TIMEOUT_MS, static_cast<long>(server.answerWithin));
    curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT,
             static_cast<long>(std::max<Millis>(server.answerWithin / 1'000, 1)));
    curl.set(CURLOPT_FORBID_REUSE, 1L);  // it is left while these times count
    const bool encrypted = server.security != MailServer::Security::Clear;
    curl.set(CURLOPT_USE_SSL, static_cast<long>(encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!server.caFile.empty()) curl.set(CURLOPT_CAINFO, server.caFile.c_str());
    curl.present(server.certificate);
    if (!server.user.empty()) {
        curl.set(CURLOPT_USERNAME, server.user.c_str());
        server.password.reveal(
            [&curl](std::string_view password) { curl.set(CURLOPT_PASSWORD, password.data()); });
    }
    curl.set(CURLOPT_MAIL_FROM, from.c_str());
    curl.set(CURLOPT_MAIL_RCPT, recipients.list());
    curl.set(CURLOPT_READFUNCTION, &giveBytes);
    curl.set(CURLOPT_READDATA, &left);
    curl.set(CURLOPT_WRITEFUNCTION, &dropBytes);
    MailTransfer transfer{curl.easy, &left};
    curl.set(CURLOPT_HEADERFUNCTION, &readAnswer);
    curl.set(CURLOPT_HEADERDATA, &transfer);
    curl.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.content.size()));
    curl.set(CURLOPT_UPLOAD, 1L);

    curl_multi_add_handle(curl.multi, curl.easy);
    bool broken = false, stopped = false;
    for (int running = 1; running > 0 && !broken && !stopped;) {
        broken = curl_multi_perform(curl.multi, &running) != CURLM_OK;
        if (running > 0 && !broken)
            broken = curl_multi_poll(curl.multi, nullptr, 0, kLookMillis, nullptr) != CURLM_OK;
        stopped = running > 0 && cancelled();
    }
    const CURLcode end = broken || stopped ? CURLE_ABORTED_BY_CALLBACK : curl.end();
    const long code = curl.get(CURLINFO_RESPONSE_CODE, 0L);
    const long verified = curl.get(CURLINFO_SSL_VERIFYRESULT, 0L);
    curl_multi_remove_handle(curl.multi, curl.easy);
    if (stopped) return Status(ErrorCode::Cancelled, RW_TEXT("net", "The mail was cancelled."));
    if (end != CURLE_OK) return mailError(server, {end, verified, curl.said}, code);
    constexpr long kTaken = 250;
    return code == 0 ? kTaken : code;
}

}  // namespace rw
