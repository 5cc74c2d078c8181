// The limits of an evaluation: the text that it makes and reads, and whether it is to go on at all.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>

namespace rw::sql {

inline constexpr std::size_t kLongestText = 64U << 20;  ///< bytes of a text that a function makes
/// Bytes of text that are read and made at once where there are several rows; a little more or less does not
/// matter to the speed.
inline constexpr std::size_t kTextAtOnce = 8U << 20;

/// The texts that the kernels of one evaluation make, and the constant ones that they read once a row. Where
/// they come to more than `most` bytes, the evaluation is given up: its values are invalid, and it is repeated
/// with fewer rows.
class Work {
 public:
    explicit Work(std::size_t most = std::numeric_limits<std::size_t>::max(),
                  std::size_t longestText = kLongestText)
        : m_left(most), m_longestText(longestText) {}

    /// Bytes of a text, at most; a row that would have a longer one fails.
    std::size_t longestText() const { return m_longestText; }
    /// Bytes that kernels may still make and read.
    std::size_t left() const { return m_left; }
    /// Counts the text that a kernel made, or is about to read.
    void made(std::size_t bytes) {
        m_givenUp = m_givenUp || bytes > m_left;
        m_left -= bytes > m_left ? m_left : bytes;
    }
    bool givenUp() const { return m_givenUp; }

 private:
    std::size_t m_left, m_longestText;
    bool m_givenUp = false;
};

/// While one exists, evaluations of its thread ask `stops` before each function that they compute. Once that
/// is true they compute no more and give NULLs, which the owner of this object must discard.
class Interruptible {
 public:
    explicit Interruptible(std::function<bool()> stops);
    ~Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
    /// Whether an evaluation was told to stop.
    bool happened() const { return m_happened; }

 private:
    friend bool interrupted();
    friend bool wasInterrupted();
    const std::function<bool()> m_stops;
    Interruptible* const m_outer;
    bool m_happened = false;
};

/// Asks the newest Interruptible of this thread. For kernels whose work on one row is long, too.
bool interrupted();
/// Whether it has happened to it: without asking.
bool wasInterrupted();

}  // namespace rw::sql
