// The testers that know no protocol but HTTP: whether something answers at the address, and with which
// certificate.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "core/connect/connections/connection_tester.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/connections/http_connection.h"
#include "core/connect/connections/superset_sign_in.h"
#include "core/net/http_client.h"
#include "core/net/http_error.h"
#include "core/net/tcp_stream.h"

namespace rw {

namespace {

constexpr Millis kConnectWithin = 5'000;
constexpr std::size_t kLargestTestAnswer = std::size_t{1} << 20;
constexpr long kFirstRefusal = 400, kNotFound = 404, kNotAllowed = 405, kServerError = 500;

Text notTriedYet() {
    return RW_TEXT("connections", "Not tried: this version does not speak the protocol of this system yet.");
}

void warnOfSignIn(TestedConnection& tested) {
    tested.warn(RW_TEXT("connections", "Sign in"), notTriedYet());
}

/// Those that are not to be had, a keyring that is locked for one, fail here.
Result<Text> readSecrets(TestedConnection& tested) {
    for (const auto& [name, place] : tested.connection().secrets) {
        if (place.kind != SecretRef::Kind::None) RW_TRY(tested.secret(name).status());
    }
    return RW_TEXT("connections", "They can be read.");
}

bool stepOfSecrets(TestedConnection& tested) {
    if (tested.connection().secrets.empty()) return true;
    return tested.step(RW_TEXT("connections", "Secrets"), [&tested] { return readSecrets(tested); });
}

class HttpTester final : public ConnectionTester {
 public:
    explicit HttpTester(const ConnectionKind& kind)
        : m_probe(kind.probe),
          m_bearer(kind.name == "http" || kind.name == "hbase"),
          m_superset(kind.name == "superset") {}

    void test(TestedConnection& tested) const override {
        if (!stepOfSecrets(tested)) return;
        long status = 0;
        const bool answered =
            tested.step(RW_TEXT("connections", "Answer"), [&] { return ask(tested, status); });
        if (answered && status == kServerError) warnOfServerError(tested);
        if (!answered || m_bearer) return;
        const auto password = tested.connection().secrets.find("password");
        const bool given =
            password != tested.connection().secrets.end() && password->second.kind != SecretRef::Kind::None;
        if (!m_superset || !given) return warnOfSignIn(tested);
        tested.step(RW_TEXT("connections", "Sign in"), [&]() -> Result<Text> {
            RW_TRY_ASSIGN(HttpServer server, serverOf(tested));
            return signInToSuperset(tested, std::move(server));
        });
    }

 private:
    Result<HttpServer> serverOf(TestedConnection& tested) const {
        // Nothing waits for the user here: the secrets were read in a step before.
        RW_TRY_ASSIGN(HttpServer server, httpServer(tested.node()));
        if (!m_bearer) {
            server.bearer = server.password = {};
            server.user.clear();
        }
        server.connectWithin = std::min(kConnectWithin, tested.left());
        server.answerWithin = tested.left();
        server.tries = 1;
        server.largestAnswer = kLargestTestAnswer;
        return server;
    }

    /// Flume's HTTP source fails so at every request without events.
    static void warnOfServerError(TestedConnection& tested) {
        tested.warn(
            RW_TEXT("connections", "Request"),
            RW_TEXT("connections", "%1 fails (HTTP 500) when it is asked for nothing in particular.")
                .with(tested.field("address")),
            RW_TEXT("connections",
                    "Servers that only take messages may do that, such as Flume; otherwise see what the "
                    "server's log says."));
    }

    Result<Text> ask(TestedConnection& tested, long& status) const {
        RW_TRY_ASSIGN(HttpServer server, serverOf(tested));
        HttpClient client(std::move(server));
        client.cancelWith(tested.cancelled());
        HttpRequest request;
        request.path = m_probe;
        const auto clock = systemClock();
        const std::int64_t from = clock->steadyMillis();
        RW_TRY_ASSIGN(const HttpAnswer answer, client.send(request));
        tested.report().latency = clock->steadyMillis() - from;
        std::string& version = tested.report().version;
        version = firstLineOf(headerOf(answer, "Server").value_or(""));
        status = answer.status;
        // The base of an API often is no page itself.
        const bool base =
            m_probe.empty() && (status == kNotFound || status == kNotAllowed || status == kServerError);
        if (answer.status >= kFirstRefusal && !base) {
            Error error = refusedAnswer(client.server(), answer.status, {}).error();
            if (error.code == ErrorCode::Denied && m_bearer) error.param = "token";
            return Status(std::move(error));
        }
        return version.empty() ? RW_TEXT("connections", "HTTP %1").with(answer.status)
                               : RW_TEXT("connections", "HTTP %1 from %2").with(answer.status, version);
    }

    const std::string m_probe;
    const bool m_bearer, m_superset;
};

/// The addresses of a system, by whether something answers there.
struct Reached {
    HostPort first{};
    std::string answering{}, silent{};  ///< with commas between
};

Status connectTo(TestedConnection& tested, TcpServer server) {
    server.connectWithin = std::min(kConnectWithin, tested.left());
    TcpStream stream(std::move(server));
    stream.cancelWith(tested.cancelled());
    const auto clock = systemClock();
    const std::int64_t from = clock->steadyMillis();
    RW_TRY(stream.connect());
    tested.report().latency = clock->steadyMillis() - from;
    return {};
}

/// One is enough.
Result<Text> reachOne(TestedConnection& tested, const std::vector<HostPort>& all, Reached& reached) {
    Status failed;
    for (const HostPort& at : all) {
        TcpServer server;
        server.host = at.host;
        server.port = at.port;
        const std::string address = addressOf(server);
        const Status there = connectTo(tested, std::move(server));
        std::string& names = there.ok() ? reached.answering : reached.silent;
        if (there.ok() && reached.answering.empty()) reached.first = at;
        if (!there.ok() && failed.ok()) failed = there;
        names += names.empty() ? address : ", " + address;
        if (*tested.cancelled()) break;
    }
    if (reached.answering.empty()) return failed;
    return RW_TEXT("connections", "%1").with(reached.answering);
}

Result<Text> encryptTo(TestedConnection& tested, const HostPort& at) {
    TcpServer server;
    server.host = at.host;
    server.port = at.port;
    server.tls = true;
    server.caFile = tested.field("ca_file");
    RW_TRY_ASSIGN(server.certificate, tested.certificate());
    RW_TRY(connectTo(tested, std::move(server)));
    return RW_TEXT("connections", "The certificate of the server holds.");
}

class TcpTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        if (reachSystem(tested)) warnOfSignIn(tested);
    }
};

bool hasUrl(const ConnectionKind& kind) {
    const ConnectionFieldSpec* const field = connectionField(kind, "address");
    return field != nullptr && field->type == ConnectionFieldSpec::Type::Url;
}

}  // namespace

bool reachSystem(TestedConnection& tested) {
    const ConnectionKind* const kind = connectionKind(tested.connection().kind);
    const ConnectionFieldSpec* const field = kind != nullptr ? connectionField(*kind, "address") : nullptr;
    if (field == nullptr) return false;
    const Result<std::vector<HostPort>> all = parseHostPorts(tested.field("address"), field->port);
    if (!all.ok()) return false;  // which was told before
    if (!stepOfSecrets(tested)) return false;
    Reached reached;
    const Text reach = RW_TEXT("connections", "Reach");
    if (!tested.step(reach, [&] { return reachOne(tested, *all, reached); })) return false;
    if (!reached.silent.empty())
        tested.warn(reach, RW_TEXT("connections", "No connection to %1.").with(reached.silent));
    const bool tls = kind->tls && appliesTo(tested.connection(), kind->tls);
    return !tls ||
           tested.step(RW_TEXT("connections", "TLS"), [&] { return encryptTo(tested, reached.first); });
}

ConnectionTesters reachTesters() {
    ConnectionTesters testers;
    for (const ConnectionKind& kind : connectionKinds()) {
        if (hasUrl(kind)) {
            testers[kind.name] = std::make_shared<HttpTester>(kind);
        } else {
            testers[kind.name] = std::make_shared<TcpTester>();
        }
    }
    return testers;
}

}  // namespace rw
