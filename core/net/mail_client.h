// Hands mails to a server over SMTP.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/net/client_certificate.h"
#include "core/secrets/secret.h"

namespace rw {

struct MailServer {
    enum class Security {
        StartTls,  ///< begins in the clear; a server that does not go on encrypted is not used
        Tls,       ///< from the first byte on
        Clear
    };
    std::string host{};  ///< a name or a number; of IPv6 without brackets
    int port = 0;
    Security security = Security::StartTls;
    std::string user{};  ///< empty: nobody signs in
    Secret password{};   ///< sent encrypted, or to this computer, only
    std::string caFile{};
    ClientCertificate certificate{};
    Millis connectWithin = 5'000;
    Millis answerWithin = 20'000;
};

struct Mail {
    std::string sender{};                   ///< an address: “alerts@example.org”
    std::vector<std::string> recipients{};  ///< addresses, at least one
    std::string content{};                  ///< head and body, lines end in CR LF (RFC 5322)
};

/// Whether a text can be the address of a mail: no blanks, no brackets, no line ends, one “@”.
bool isMailAddress(std::string_view text);

/// Waits until the server has taken the mail; gives its answer, 250. `cancelled` is asked several times a
/// second. Transient errors (ErrorCode::Io): nothing answers, the connection is lost, an answer of 4xx.
/// Denied: user and password are wrong. Refused: an answer of 5xx, a certificate that is not valid, a server
/// that does not offer encryption.
Result<long> sendMail(const MailServer& server, const Mail& mail, const std::function<bool()>& cancelled);

}  // namespace rw
