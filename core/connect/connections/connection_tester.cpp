#include "core/connect/connections/connection_tester.h"

#include <algorithm>
#include <utility>

#include "core/connect/connections/usable_connection.h"

namespace rw {

namespace {

/// For tests that nobody cancels.
const std::atomic<bool>* never() {
    static const std::atomic<bool> kNever{false};
    return &kNever;
}

}  // namespace

const ConnectionStep* ConnectionReport::failure() const {
    const auto failed = std::find_if(steps.begin(), steps.end(), [](const ConnectionStep& step) {
        return step.outcome == ConnectionStep::Outcome::Failed;
    });
    return failed == steps.end() ? nullptr : &*failed;
}

bool ConnectionReport::warns() const {
    return std::any_of(steps.begin(), steps.end(), [](const ConnectionStep& step) {
        return step.outcome == ConnectionStep::Outcome::Warning;
    });
}

TestedConnection::TestedConnection(NodeConnection connection, Millis within,
                                   const std::atomic<bool>* cancelled)
    : m_connection(std::move(connection)),
      m_until(m_clock->steadyMillis() + within),
      m_cancelled(cancelled != nullptr ? cancelled : never()) {}

Result<Secret> TestedConnection::secret(const std::string& name) {
    const std::int64_t from = m_clock->steadyMillis();
    Result<Secret> secret = m_connection.secret(name);
    m_until += m_clock->steadyMillis() - from;
    return secret;
}

Result<ClientCertificate> TestedConnection::certificate() {
    ClientCertificate certificate;
    if (!usesTls(connection())) return certificate;
    certificate.file = field("client_certificate");
    certificate.keyFile = field("client_key");
    if (certificate.file.empty()) return certificate;
    RW_TRY_ASSIGN(certificate.passphrase, secret("key_passphrase"));
    return certificate;
}

Millis TestedConnection::left() const {
    return std::max<Millis>(m_until - m_clock->steadyMillis(), 1);
}

bool TestedConnection::step(Text name, const std::function<Result<Text>()>& act) {
    if (*m_cancelled) m_report.cancelled = true;
    if (m_report.cancelled || m_report.failure() != nullptr) return false;
    const std::int64_t from = m_clock->steadyMillis();
    const Result<Text> found = act();
    if (*m_cancelled) {
        m_report.cancelled = true;
        return false;
    }
    ConnectionStep& step = m_report.steps.emplace_back();
    step.name = std::move(name);
    step.took = m_clock->steadyMillis() - from;
    if (found.ok()) {
        step.detail = *found;
        return true;
    }
    step.outcome = ConnectionStep::Outcome::Failed;
    step.detail = found.error().message;
    step.mend = found.error().fix;
    step.field = found.error().param;
    return false;
}

void TestedConnection::warn(Text name, Text what, Text mend) {
    ConnectionStep& step = m_report.steps.emplace_back();
    step.name = std::move(name);
    step.detail = std::move(what);
    step.mend = std::move(mend);
    step.outcome = ConnectionStep::Outcome::Warning;
}

ConnectionReport testConnection(const Connection& connection, const SecretSource& secrets,
                                const ConnectionTesters& testers, const std::atomic<bool>* cancelled,
                                Millis within) {
    const auto list = std::make_shared<const Connections>(std::vector<Connection>{connection}, secrets);
    TestedConnection tested(NodeConnection(connection, list), within, cancelled);
    if (const Status usable = usableConnection(connection); !usable.ok()) {
        tested.step(RW_TEXT("connections", "Settings"), [&usable]() -> Result<Text> { return usable; });
        return tested.report();
    }
    if (const Status files = usableFiles(connection); !files.ok()) {
        tested.step(RW_TEXT("connections", "Files"), [&files]() -> Result<Text> { return files; });
        return tested.report();
    }
    const auto tester = testers.find(connection.kind);
    if (tester != testers.end()) {
        tester->second->test(tested);
    } else {
        tested.warn(RW_TEXT("connections", "Test"),
                    RW_TEXT("connections", "This version can't test connections of this kind."));
    }
    return tested.report();
}

}  // namespace rw
