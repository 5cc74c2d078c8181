// A server on this computer that gives the answers of a test, right or wrong.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/worlds/certificate.h"

namespace rw::test {

struct FakeRequest {
    std::string line{};  ///< “GET /v3/info”
    std::string head{};  ///< all header lines
    std::string body{};
};

struct FakeAnswer {
    std::string bytes{};  ///< sent as they stand; then the connection is closed
    bool never = false;   ///< it is left open without a word instead
    bool keep = false;    ///< the connection stays, for another request
};

/// A right answer with this body.
FakeAnswer answer(const std::string& body, int status = 200);

/// Each connection brings one request, unless its answer keeps it, and has a thread of its own; `reply` is
/// asked by one at a time.
class FakeServer {
 public:
    using Reply = std::function<FakeAnswer(const FakeRequest&)>;
    explicit FakeServer(Reply reply, const Certificate* certificate = nullptr);
    ~FakeServer();
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    std::string address() const { return m_address; }
    /// The requests so far.
    std::vector<FakeRequest> requests() const;
    /// Their lines: “GET /a, POST /b”.
    std::string lines() const;
    /// Waits until so many have come.
    void awaitRequests(std::size_t count);

 private:
    void serve(int connection);

    const Reply m_reply;
    const Certificate* const m_certificate;
    int m_listening = -1;
    std::string m_address{};
    std::atomic<bool> m_over{false};
    mutable std::mutex m_mutex{};
    std::condition_variable m_news{};
    std::vector<FakeRequest> m_requests{};
    std::vector<std::thread> m_connections{};
    std::thread m_accepting{};
};

/// A port without a listener.
std::string nobodysAddress();

}  // namespace rw::test
