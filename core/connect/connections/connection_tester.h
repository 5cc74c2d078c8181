// Whether a connection leads anywhere: what was tried, step by step, and what came of it.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/connections.h"
#include "core/net/client_certificate.h"

namespace rw {

struct ConnectionStep {
    enum class Outcome {
        Done,
        Warning,  ///< not as it should be, or not tried: a run may go well all the same
        Failed    ///< nothing was tried after it
    };
    Text name;      ///< “Reach”
    Text detail{};  ///< what was found, or what failed
    Text mend{};    ///< may be empty
    /// The field or the secret of the connection that mends it; empty: it is not known.
    std::string field{};
    Millis took = 0;
    Outcome outcome = Outcome::Done;
};

struct ConnectionReport {
    std::vector<ConnectionStep> steps{};  ///< in the order in which they were tried
    std::string version{};                ///< as the system calls itself; empty: it does not say
    Millis latency = -1;                  ///< of one answer; -1: none came
    bool cancelled = false;               ///< the steps are of no use

    /// The one that failed; null: none did.
    const ConnectionStep* failure() const;
    bool warns() const;
};

/// A connection while it is tested. Single-threaded.
class TestedConnection {
 public:
    TestedConnection(NodeConnection connection, Millis within, const std::atomic<bool>* cancelled);

    const Connection& connection() const { return m_connection.connection(); }
    /// For clients that nodes use, too.
    const NodeConnection& node() const { return m_connection; }
    std::string field(const std::string& name) const { return m_connection.field(name); }
    /// May wait for the user, which takes none of left().
    Result<Secret> secret(const std::string& name);
    /// As the connection says, with the passphrase of its key.
    Result<ClientCertificate> certificate();
    /// For clients that can be cancelled by a flag; never null.
    const std::atomic<bool>* cancelled() const { return m_cancelled; }
    /// How long further steps may take; at least 1.
    Millis left() const;

    /// Tries something, which tells what it found. False: it failed, or the test is cancelled, and is over.
    bool step(Text name, const std::function<Result<Text>()>& act);
    /// Adds a step that went not as it should, or was not tried.
    void warn(Text name, Text what, Text mend = {});
    ConnectionReport& report() { return m_report; }

 private:
    const NodeConnection m_connection;
    const std::shared_ptr<Clock> m_clock = systemClock();
    std::int64_t m_until;
    const std::atomic<bool>* const m_cancelled;
    ConnectionReport m_report{};
};

/// What is tried of connections of one kind: reach, TLS, sign in, what may be read and written. It stops at
/// the first step that fails, honours left() and cancelled(), and is called on a thread that may wait.
class ConnectionTester {
 public:
    ConnectionTester() = default;
    ConnectionTester(const ConnectionTester&) = delete;
    ConnectionTester& operator=(const ConnectionTester&) = delete;
    virtual ~ConnectionTester() = default;
    virtual void test(TestedConnection& tested) const = 0;
};

/// By ConnectionKind::name. Kinds whose protocol is spoken elsewhere replace theirs.
using ConnectionTesters = std::map<std::string, std::shared_ptr<const ConnectionTester>>;
/// For every kind: over HTTP an answer is asked for, else the address is reached, with TLS where that begins
/// with the first byte.
ConnectionTesters reachTesters();

/// The steps before a protocol is spoken, of a kind with an address that is no URL: its secrets can be read,
/// something answers at the address, and TLS where that begins with the first byte. False: one failed.
bool reachSystem(TestedConnection& tested);

inline constexpr Millis kTestWithin = 10'000;

/// Checks the fields and the files that they name, then has the tester of its kind try it. `cancelled` ends
/// it soon; a keyring that waits for its user is left to the user. Waits: never on a thread that draws.
ConnectionReport testConnection(const Connection& connection, const SecretSource& secrets,
                                const ConnectionTesters& testers,
                                const std::atomic<bool>* cancelled = nullptr, Millis within = kTestWithin);

}  // namespace rw
