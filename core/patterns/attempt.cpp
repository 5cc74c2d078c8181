#include "core/patterns/attempt.h"

namespace rw::patterns {

void Path::reset(std::size_t variables) {
    m_rows.clear();
    m_of.resize(variables);
    for (std::vector<std::uint32_t>& rows : m_of) rows.clear();
}

void Path::take(int variable, bool excluded) {
    m_of[static_cast<std::size_t>(variable)].push_back(static_cast<std::uint32_t>(m_rows.size()));
    m_rows.push_back({static_cast<std::uint8_t>(variable), excluded});
}

void Path::cut(std::size_t size) {
    for (; m_rows.size() > size; m_rows.pop_back()) m_of[m_rows.back().variable].pop_back();
}

std::size_t Path::memoryBytes() const {
    return m_rows.capacity() * sizeof(Taken) + m_rows.size() * sizeof(std::uint32_t);
}

void Attempt::begin(const Program& program) {
    m_path.reset(program.variables);
    m_frames.clear();
    m_marks.assign(static_cast<std::size_t>(program.marks), 0);
    m_step = program.entry;
    m_steps = 0;
}

bool Attempt::goBack(RowTests& tests) {
    while (!m_frames.empty()) {
        const Frame frame = m_frames.back();
        m_frames.pop_back();
        if (frame.mark >= 0) {
            m_marks[static_cast<std::size_t>(frame.mark)] = frame.size;
            continue;
        }
        if (frame.size < m_path.size()) {
            tests.allowance -= static_cast<std::int64_t>(m_path.size() - frame.size) / 4;
            m_path.cut(frame.size);
            tests.cut(frame.size);
        }
        m_step = frame.step;
        return true;
    }
    return false;
}

Outcome Attempt::run(const Program& program, RowTests& tests, std::uint64_t stepLimit) {
    for (;; ++m_steps) {
        if (m_steps == stepLimit) return Outcome::Exhausted;
        if (tests.allowance <= 0) return Outcome::Paused;
        --tests.allowance;
        const Step& step = program.steps[static_cast<std::size_t>(m_step)];
        const auto size = static_cast<std::uint32_t>(m_path.size());
        Answer answer = Answer::Yes;
        switch (step.kind) {
            case Step::Kind::Row:
                answer = tests.test(step.variable, m_path);
                if (answer == Answer::Yes) m_path.take(step.variable, step.excluded);
                break;
            case Step::Kind::Split:
                m_frames.push_back({step.other, -1, size});
                break;
            case Step::Kind::Mark: {
                std::uint32_t& mark = m_marks[static_cast<std::size_t>(step.mark)];
                m_frames.push_back({-1, step.mark, mark});
                mark = size;
                break;
            }
            case Step::Kind::Progress:
                if (m_marks[static_cast<std::size_t>(step.mark)] == size) answer = Answer::No;
                break;
            case Step::Kind::Start:
                if (size > 0 || !tests.begins()) answer = Answer::No;
                break;
            case Step::Kind::End:
                answer = tests.ends(m_path);
                break;
            case Step::Kind::Match:
                return Outcome::Match;
        }
        if (answer == Answer::Unknown) return Outcome::Waiting;
        if (answer == Answer::Yes) {
            m_step = step.next;
        } else if (!goBack(tests)) {
            return Outcome::NoMatch;
        }
    }
}

std::size_t Attempt::memoryBytes() const {
    return sizeof(Attempt) + m_path.memoryBytes() + m_frames.capacity() * sizeof(Frame);
}

}  // namespace rw::patterns
