// The world outside of operators that wait, as the contract drives them: it answers late, in any order,
// fails, or is silent.
#pragma once
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/stream/waiting/request.h"

namespace rw::test {

enum class AnswerMood : std::uint8_t {
    AtOnce,    ///< in the call that asks
    Late,      ///< in any order, while more rows come
    Failing,   ///< the same, and every third request fails
    Silent,    ///< the same, and a few requests that have a patience are never answered
    Reluctant  ///< no request is answered while more rows are taken
};

/// Carries requests out when it is told to. Single-threaded.
class OutsideAnswers final : public Requests {
 public:
    OutsideAnswers(AnswerMood mood, unsigned seed, std::shared_ptr<Clock> clock)
        : m_mood(mood), m_random(seed), m_clock(std::move(clock)) {}

    Status begin(const RequestRef& request) override;
    /// Between two batches: perhaps answers some of those that are out.
    bool answerSome();
    /// Answers one, or lets time pass, for an operator that holds rows until `wakesAt` or an answer. What is
    /// wrong with waiting for that; empty: nothing.
    std::string goOnUntil(std::int64_t wakesAt);

 private:
    struct Out {
        RequestRef request;
        std::int64_t patienceEnds;  ///< steady milliseconds
        bool silent = false;
    };
    /// False: nobody is to be answered before somebody's patience is over.
    bool answerOne();
    void carryOut(const RequestRef& request);

    const AnswerMood m_mood;
    std::mt19937 m_random;
    const std::shared_ptr<Clock> m_clock;
    std::vector<Out> m_out{};
    /// Those that were given up count among those that are out: a node has room for more than these.
    static constexpr int kMostSilent = 2;
    int m_silent = 0;
};

}  // namespace rw::test
