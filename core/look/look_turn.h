// At most two looks at a time in the program.
#pragma once
#include <functional>

namespace rw {

/// A turn to look, for as long as it exists.
class LookTurn {
 public:
    static constexpr int kAtOnce = 2;

    /// Waits for a turn, until `stops`.
    explicit LookTurn(const std::function<bool()>& stops);
    ~LookTurn();
    LookTurn(const LookTurn&) = delete;
    LookTurn& operator=(const LookTurn&) = delete;
    /// False: it was told to stop first.
    bool has() const { return m_has; }

 private:
    bool m_has = false;
};

/// Runs `work` on a thread that has the processor when nobody else wants it, and waits for it. `work` throws
/// nothing.
void atLowPriority(const std::function<void()>& work);

}  // namespace rw
