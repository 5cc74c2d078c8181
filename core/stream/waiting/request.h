// Requests of an operator to the world outside the run, and the interface that carries them out.
#pragma once
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

/// One request, for one batch of rows or for several. A derived class holds the question and the answer.
///
/// It is carried out in steps, on a thread that may wait for the outside world. That thread may come back
/// when the run is long over: so a request owns or shares all that it touches, and touches nothing that ends
/// with the run (no MakeContext, no tape). Fields written before it is answered the operator reads
/// afterwards, without a lock; before that the operator reads nothing of it.
class Request {
 public:
    enum class Step : std::uint8_t {
        Again,  ///< there is more to do at once
        Later,  ///< the same, in some milliseconds
        Done    ///< the answer is there
    };
    static constexpr Millis kForEver = std::numeric_limits<Millis>::max();

    /// Rows that wait for it are let go unanswered after `patience` (AsyncOperator::goOn).
    explicit Request(Millis patience = kForEver) : m_patience(patience) {}
    virtual ~Request() = default;
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    /// The next piece. An error is the answer, and the last step. No call follows once the run is over.
    virtual Result<Step> step() = 0;

    Millis patience() const { return m_patience; }
    /// Any thread.
    bool isAnswered() const { return m_answered.load(std::memory_order_acquire); }
    /// Once it is answered.
    const Status& status() const { return m_status; }
    /// By the thread that carries it out, once.
    void answer(Status status) {
        m_status = std::move(status);
        m_answered.store(true, std::memory_order_release);
    }

 private:
    friend class AsyncOperator;
    bool isBegun() const { return m_begunAt >= 0; }
    std::int64_t waitsUntil() const { return saturatingAdd(m_begunAt, m_patience); }

    const Millis m_patience;
    std::int64_t m_begunAt = -1;  ///< steady milliseconds; the operator's own
    Status m_status{};
    std::atomic<bool> m_answered{false};
};
using RequestRef = std::shared_ptr<Request>;

/// Carries out the requests of one operator.
class Requests {
 public:
    virtual ~Requests() = default;
    /// From the operator's calls: carries it out, beside the others that were begun. When it is answered, the
    /// operator is resumed. An error where there is no thread for it.
    virtual Status begin(const RequestRef& request) = 0;
};

}  // namespace rw
