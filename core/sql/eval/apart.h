// Work on one row that can take many seconds and asks nobody in between: an evaluation that is told to stop does
// not wait for it.
#pragma once
#include <atomic>
#include <functional>

namespace rw::sql {

/// Does `work` on a thread of its own and waits for it. False: the evaluation was told to stop (Interruptible),
/// and `work` goes on without its caller: it owns all that it touches, and looks at `left` where it can.
/// Exceptions are those of `work`.
bool doneApart(std::function<void(const std::atomic<bool>& left)> work);

}  // namespace rw::sql
