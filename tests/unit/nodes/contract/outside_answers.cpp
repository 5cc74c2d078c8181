#include "tests/unit/nodes/contract/outside_answers.h"

#include <algorithm>

#include "core/stream/operator.h"

namespace rw::test {

Status OutsideAnswers::begin(const RequestRef& request) {
    const bool endless = request->patience() == Request::kForEver;
    const bool silent =
        m_mood == AnswerMood::Silent && !endless && m_silent < kMostSilent && m_random() % 3 == 0;
    m_silent += silent ? 1 : 0;
    m_out.push_back({request, saturatingAdd(m_clock->steadyMillis(), request->patience()), silent});
    return {};
}

bool OutsideAnswers::answerSome() {
    if (m_mood == AnswerMood::Reluctant) return false;
    bool answered = false;
    while (m_random() % 2 == 0 && answerOne()) answered = true;
    return answered;
}

bool OutsideAnswers::answerOne() {
    std::vector<std::size_t> willing;
    for (std::size_t i = 0; i < m_out.size(); ++i) {
        if (!m_out[i].silent) willing.push_back(i);
    }
    if (willing.empty()) return false;
    const std::size_t place = willing[m_random() % willing.size()];
    const RequestRef request = m_out[place].request;
    m_out.erase(m_out.begin() + static_cast<std::ptrdiff_t>(place));
    carryOut(request);
    return true;
}

void OutsideAnswers::carryOut(const RequestRef& request) {
    if (m_mood == AnswerMood::Failing && m_random() % 3 == 0)
        return request->answer({ErrorCode::Io, RW_TEXT("test", "The world is away."), {}});
    for (;;) {
        const Result<Request::Step> step = request->step();
        if (!step.ok() || *step == Request::Step::Done) return request->answer(step.status());
        if (*step == Request::Step::Later) (void)m_clock->skipTo(m_clock->steadyMillis() + 1);
    }
}

std::string OutsideAnswers::goOnUntil(std::int64_t wakesAt) {
    if (answerOne()) return {};
    const std::int64_t now = m_clock->steadyMillis();
    std::int64_t until = wakesAt;
    for (const Out& out : m_out) {
        if (out.patienceEnds > now) until = std::min(until, out.patienceEnds);
    }
    if (until < Operator::kNever - 1) {
        (void)m_clock->skipTo(until);
        return {};
    }
    return m_out.empty() ? "it waits for an answer that nobody owes it"
                         : "rows wait longer than their patience";
}

}  // namespace rw::test
