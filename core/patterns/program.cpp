#include "core/patterns/program.h"

#include <algorithm>
#include <utility>

namespace rw::patterns {

namespace {

constexpr std::size_t kTooMany = kMostSteps + 1;

std::size_t times(std::size_t a, std::size_t b) {
    return a != 0 && b > kTooMany / a ? kTooMany : std::min(a * b, kTooMany);
}

/// Whether the part can match without taking a row.
bool nullable(const Pattern& part) {
    const auto each = [](const Pattern& inner) { return nullable(inner); };
    switch (part.kind) {
        case Pattern::Kind::Variable:
            return false;
        case Pattern::Kind::Choice:
            return std::any_of(part.parts.begin(), part.parts.end(), each);
        case Pattern::Kind::Repeat:
            return part.least == 0 || nullable(part.parts.front());
        case Pattern::Kind::Sequence:
        case Pattern::Kind::Permute:
        case Pattern::Kind::Exclude:
        case Pattern::Kind::Start:
        case Pattern::Kind::End:
            break;
    }
    return std::all_of(part.parts.begin(), part.parts.end(), each);
}

std::size_t stepsOfRepeat(const Pattern& repeat) {
    const Pattern& body = repeat.parts.front();
    const std::size_t once = stepsOf(body), more = once + (nullable(body) ? 3 : 1);
    const std::size_t behind =
        repeat.most ? times(more, static_cast<std::size_t>(*repeat.most - repeat.least)) : more;
    return std::min(times(once, static_cast<std::size_t>(repeat.least)) + behind, kTooMany);
}

/// From the back to the front: each part knows the step behind it.
class Compiler {
 public:
    explicit Compiler(Program& program) : m_program(program) {}

    int compile(const Pattern& part, int next) {
        switch (part.kind) {
            case Pattern::Kind::Variable:
                return row(part.variable, next);
            case Pattern::Kind::Sequence:
                for (auto each = part.parts.rbegin(); each != part.parts.rend(); ++each)
                    next = compile(*each, next);
                return next;
            case Pattern::Kind::Choice:
                return choice(part, next);
            case Pattern::Kind::Permute:
                return permute(part, next);
            case Pattern::Kind::Repeat:
                return repeat(part, next);
            case Pattern::Kind::Exclude:
                return exclude(part, next);
            case Pattern::Kind::Start:
                m_program.looksAtStart = true;
                return add(Step::Kind::Start, next);
            case Pattern::Kind::End:
                break;
        }
        m_program.looksAtEnd = true;
        return add(Step::Kind::End, next);
    }

    int add(Step::Kind kind, int next, int other = -1, int mark = -1) {
        Step step;
        step.kind = kind;
        step.next = next;
        step.other = other;
        step.mark = mark;
        m_program.steps.push_back(step);
        return static_cast<int>(m_program.steps.size()) - 1;
    }

 private:
    int row(int variable, int next) {
        const int at = add(Step::Kind::Row, next);
        Step& step = m_program.steps[static_cast<std::size_t>(at)];
        step.variable = variable;
        step.excluded = m_excluding;
        return at;
    }

    int exclude(const Pattern& part, int next) {
        const bool before = std::exchange(m_excluding, true);
        const int at = compile(part.parts.front(), next);
        m_excluding = before;
        return at;
    }

    /// The leftmost of the steps is preferred.
    int anyOf(const std::vector<int>& entries) {
        int at = entries.back();
        for (auto each = entries.rbegin() + 1; each != entries.rend(); ++each)
            at = add(Step::Kind::Split, *each, at);
        return at;
    }

    int choice(const Pattern& part, int next) {
        std::vector<int> entries;
        for (const Pattern& each : part.parts) entries.push_back(compile(each, next));
        return anyOf(entries);
    }

    /// The parts that are left decide alone how it goes on: orders share what is behind them.
    int permute(const Pattern& part, int next) {
        const unsigned all = (1U << part.parts.size()) - 1;
        std::vector<int> entry(all + 1, next);  // by the set of parts that are left
        for (unsigned left = 1; left <= all; ++left) {
            std::vector<int> entries;
            for (unsigned i = 0; i < part.parts.size(); ++i) {
                if ((left >> i & 1U) != 0)
                    entries.push_back(compile(part.parts[i], entry[left & ~(1U << i)]));
            }
            entry[left] = anyOf(entries);
        }
        return entry[all];
    }

    int split(bool reluctant, int body, int next) {
        return reluctant ? add(Step::Kind::Split, next, body) : add(Step::Kind::Split, body, next);
    }

    /// One repetition that has to take a row.
    int advancing(const Pattern& body, int next) {
        if (!nullable(body)) return compile(body, next);
        const int mark = m_program.marks++;
        return add(Step::Kind::Mark, compile(body, add(Step::Kind::Progress, next, -1, mark)), -1, mark);
    }

    int repeat(const Pattern& part, int next) {
        const Pattern& body = part.parts.front();
        std::int64_t least = part.least;
        int at = next;
        if (part.most) {
            for (std::int64_t i = *part.most; i > least; --i)
                at = split(part.reluctant, advancing(body, at), next);
        } else {
            const int loop = split(part.reluctant, -1, next);
            const int again = advancing(body, loop);
            Step& step = m_program.steps[static_cast<std::size_t>(loop)];
            (part.reluctant ? step.other : step.next) = again;
            const bool enters = least > 0 && !nullable(body);
            at = enters ? again : loop;
            if (enters) --least;
        }
        for (; least > 0; --least) at = compile(body, at);
        return at;
    }

    Program& m_program;
    bool m_excluding = false;
};

}  // namespace

std::size_t stepsOf(const Pattern& part) {
    std::size_t steps = 0;
    switch (part.kind) {
        case Pattern::Kind::Variable:
        case Pattern::Kind::Start:
        case Pattern::Kind::End:
            return 1;
        case Pattern::Kind::Repeat:
            return stepsOfRepeat(part);
        case Pattern::Kind::Sequence:
        case Pattern::Kind::Choice:
        case Pattern::Kind::Permute:
        case Pattern::Kind::Exclude:
            break;
    }
    const bool splits = part.kind == Pattern::Kind::Choice || part.kind == Pattern::Kind::Permute;
    for (const Pattern& each : part.parts)
        steps = std::min(steps + stepsOf(each) + (splits ? 1 : 0), kTooMany);
    if (part.kind == Pattern::Kind::Permute && !part.parts.empty())
        steps = times(steps, std::size_t{1} << (part.parts.size() - 1));
    return steps;
}

Program compile(const RowPattern& pattern) {
    Program program;
    program.variables = pattern.variables.size();
    Compiler compiler(program);
    const int match = compiler.add(Step::Kind::Match, -1);
    program.entry = compiler.compile(pattern.root, match);
    return program;
}

}  // namespace rw::patterns
