#include "core/stream/waiting/recalled_rows.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rw {

/// Some blocks of the tape.
class RecalledRows::Reading final : public Request {
 public:
    explicit Reading(std::shared_ptr<AnswerReader> tape) : m_tape(std::move(tape)) {}
    Result<Step> step() override {
        RW_TRY_ASSIGN(read, m_tape->read());
        return Step::Done;
    }
    std::vector<Answers> read{};

 private:
    const std::shared_ptr<AnswerReader> m_tape;
};

RecalledRows::RecalledRows(std::shared_ptr<AnswerReader> tape, NamingColumns naming)
    : m_tape(std::move(tape)), m_naming(std::move(naming)) {}

void RecalledRows::learnNaming(const Answers& some) {
    if (m_by) return;
    m_byQuestion = !some.columns.empty() && some.columns != m_naming.read;
    m_by = some.columns.empty() ? ColumnSet() : m_byQuestion ? m_naming.question : m_naming.read;
}

const RecalledRows::Known* RecalledRows::find(const RowName& name) const {
    const auto found = m_known.find(name);
    return found == m_known.end() ? nullptr : &found->second.front();
}

RecalledRows::Run RecalledRows::take(const Batch& rows) {
    Run run;
    if (!m_by && !m_atEnd) return run;
    const std::vector<RowName> names = rowNames(rows, m_by.value_or(ColumnSet()));
    for (const RowName& name : names) {
        const Known* known = find(name);
        if (!known && !m_atEnd) return run;
        if (run.rows == 0) {
            run.missing = !known;
            run.order = known ? known->order : 0;
            run.outcome = known ? known->outcome : Answers::Outcome::Nothing;
            run.failed = known ? known->failed : nullptr;
        }
        if (run.missing != !known) return run;
        if (known) {
            const bool goesOn = known->outcome == run.outcome && known->failed == run.failed &&
                                known->order == run.order + run.rows;
            if (!goesOn) return run;
            const auto found = m_known.find(name);
            if (run.outcome == Answers::Outcome::Answered)
                run.answers.push_back(std::move(found->second.front().answer));
            found->second.pop_front();
            if (found->second.empty()) m_known.erase(found);
        }
        ++run.rows;
    }
    return run;
}

RequestRef RecalledRows::more() {
    if (m_reading) return nullptr;
    m_reading = std::make_shared<Reading>(m_tape);
    return m_reading;
}

Status RecalledRows::collect() {
    if (!m_reading || !m_reading->isAnswered()) return {};
    const std::shared_ptr<Reading> reading = std::exchange(m_reading, nullptr);
    RW_TRY(reading->status());
    m_atEnd = reading->read.empty();
    for (Answers& some : reading->read) {
        learnNaming(some);
        const std::vector<RowName>& names =
            m_byQuestion && !some.questions.empty() ? some.questions : some.rows;
        const auto failed = some.outcome == Answers::Outcome::Failed
                                ? std::make_shared<const Status>(std::move(some.failed))
                                : nullptr;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::uint64_t order = m_read++;
            if (hasGone(order)) continue;
            Known known{order, some.outcome, {}, failed};
            if (some.outcome == Answers::Outcome::Answered) known.answer = std::move(some.answers[i]);
            m_known[names[i]].push_back(std::move(known));
        }
    }
    return {};
}

bool RecalledRows::hasGone(std::uint64_t order) const {
    const auto behind = m_gone.upper_bound(order);
    return behind != m_gone.begin() && order < std::prev(behind)->second;
}

void RecalledRows::goneOn(std::uint64_t order, std::size_t rows) {
    if (rows == 0) return;
    std::uint64_t until = order + rows;
    auto behind = m_gone.upper_bound(order);
    if (behind != m_gone.begin() && std::prev(behind)->second >= order) {
        --behind;
        order = behind->first;
        until = std::max(until, behind->second);
        behind = m_gone.erase(behind);
    }
    while (behind != m_gone.end() && behind->first <= until) {
        until = std::max(until, behind->second);
        behind = m_gone.erase(behind);
    }
    m_gone.emplace(order, until);
}

void RecalledRows::snapshot(StateWriter& out) const {
    for (const auto& [from, until] : m_gone) {
        out.record("recalled", 1, [&, first = from, end = until](StateWriter& record) {
            record.u64("from", first);
            record.u64("until", end);
        });
    }
}

Status RecalledRows::restore(const StateReader& state) {
    RW_TRY_ASSIGN(const std::vector<StateReader> spans, state.records("recalled"));
    for (const StateReader& span : spans) {
        RW_TRY_ASSIGN(const std::uint64_t from, span.u64("from"));
        RW_TRY_ASSIGN(const std::uint64_t until, span.u64("until"));
        if (until <= from) return brokenState("rows that have gone on");
        goneOn(from, until - from);
    }
    return {};
}

}  // namespace rw
