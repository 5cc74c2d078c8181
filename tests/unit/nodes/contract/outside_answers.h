// The world outside of operators that wait, as the contract drives them: it answers late, in any order, fails,
// or is silent.
#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "core/base/time.h"
#include "core/stream/waiting/request.h"

namespace rw::test {

enum class AnswerMood : std::uint8_t {
    AtOnce,   ///< in the call that asks
    Late,     ///< in any order, while more rows come
    Failing,  ///< the same, and every third request fails
    Silent    ///< the same, and every third is not answered while rows have patience
};

/// Carries requests out when it is told to. Single-threaded.
class OutsideAnswers final : public Requests {
 public:
    OutsideAnswers(AnswerMood mood, unsigned seed, std::shared_ptr<Clock> clock)
        : m_mood(mood), m_random(seed), m_clock(std::move(clock)) {}

    Status begin(const RequestRef& request) override;
    /// Answers one of those that are out. False: there is none that is answered before its patience is over.
    bool answerOne();
    /// Whether some of them is asked in vain, though it has no patience that ends: then it is answered late.
    bool answerPatient();
    std::size_t out() const { return m_out.size(); }
    bool begunTwice() const { return m_begunTwice; }
    /// Steady milliseconds at which the first patience of a silent one is over; Request::kForEver: none is.
    std::int64_t patienceEnds() const;
    void forgetSilent() { m_silent.clear(); }

 private:
    struct Silence {
        RequestRef request;
        std::int64_t ends;
    };
    void carryOut(const RequestRef& request);

    const AnswerMood m_mood;
    std::mt19937 m_random;
    const std::shared_ptr<Clock> m_clock;
    std::vector<RequestRef> m_out{};
    std::vector<Silence> m_silent{};
    bool m_begunTwice = false;
};

}  // namespace rw::test
