// One attempt to match a pattern from a row on: it walks the steps of the program, the preferred way first,
// and goes back where that fails. It can stop in between and go on when there are more rows.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/patterns/program.h"

namespace rw::patterns {

/// The rows that an attempt has taken, as their variables; rows are counted from the one it begins at.
class Path {
 public:
    struct Taken {
        std::uint8_t variable;
        bool excluded;
    };
    void reset(std::size_t variables);
    std::size_t size() const { return m_rows.size(); }
    const Taken& at(std::size_t row) const { return m_rows[row]; }
    /// The rows of a variable, in their order.
    const std::vector<std::uint32_t>& of(int variable) const {
        return m_of[static_cast<std::size_t>(variable)];
    }
    void take(int variable, bool excluded);
    void cut(std::size_t size);
    std::size_t memoryBytes() const;

 private:
    std::vector<Taken> m_rows{};
    std::vector<std::vector<std::uint32_t>> m_of{};
};

enum class Answer { Yes, No, Unknown };

/// What an attempt asks of the rows. Unknown: a row that has not come yet decides; the attempt waits.
class RowTests {
 public:
    virtual ~RowTests() = default;
    /// Whether the row behind the path can be taken as `variable`.
    virtual Answer test(int variable, const Path& path) = 0;
    /// Whether the partition begins with the first row of the attempt.
    virtual bool begins() const = 0;
    /// Whether the partition ends behind the path.
    virtual Answer ends(const Path& path) const = 0;
    /// Rows were given back: `size` are left. For tests that keep sums.
    virtual void cut(std::size_t) {}
    /// Work that is left in this call; each step takes one unit, costly tests take more.
    std::int64_t allowance = 0;
};

enum class Outcome {
    Match,
    NoMatch,
    Waiting,    ///< for a row
    Paused,     ///< the allowance is spent
    Exhausted,  ///< the limit of steps is reached
};

/// Single-threaded. Steps are counted from its beginning: the number does not depend on when rows came.
class Attempt {
 public:
    void begin(const Program& program);
    Outcome run(const Program& program, RowTests& tests, std::uint64_t stepLimit);
    const Path& path() const { return m_path; }
    std::size_t memoryBytes() const;

 private:
    /// A way that is left, or (mark ≥ 0) what a mark was before.
    struct Frame {
        int step;
        int mark;
        std::uint32_t size;
    };
    /// Back to the way that was left last; false: there is none.
    bool goBack(RowTests& tests);

    Path m_path{};
    std::vector<Frame> m_frames{};
    std::vector<std::uint32_t> m_marks{};
    int m_step = 0;
    std::uint64_t m_steps = 0;
};

}  // namespace rw::patterns
