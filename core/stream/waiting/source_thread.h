// Work that a source has carried out by a thread of its own, and the interface that gives it one.
#pragma once
#include <cstdint>
#include <memory>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

/// Carried out in steps, on a thread that may wait for the outside world. That thread may come back when the
/// run is long over: so the work owns or shares all that it touches, and touches nothing that ends with the
/// run (no source, no MakeContext).
class SourceWork {
 public:
    enum class Next : std::uint8_t {
        Again,  ///< there is more to do at once
        Later,  ///< the same, in some milliseconds
        Wait,   ///< nothing to do before SourceThread::wake()
        Done    ///< never to be called again
    };
    virtual ~SourceWork() = default;
    /// The next piece, which may wait so long for the outside world; 0: not at all, for there is one thread
    /// for everything. No call follows once the run is over.
    virtual Next step(Millis mayWait) = 0;
    /// A step threw `status`. No call follows.
    virtual void failed(const Status& status) = 0;
    /// Carries out the source's errand, but reads nothing. Whether nothing of that is left; some is where
    /// another thread is still in a step. Any thread, also once the run is over.
    virtual Result<bool> settle() = 0;
};

/// Gives a source its thread.
class SourceThread {
 public:
    virtual ~SourceThread() = default;
    /// In open(), once: whose thread this is.
    virtual void serve(std::shared_ptr<SourceWork> work) = 0;
    /// In the first poll(): from here on the work is carried out. An error where there is no thread for it.
    virtual Status begin() = 0;
    /// Work that waits has something to do. From the source's calls; before begin() it does nothing.
    virtual void wake() = 0;
};

}  // namespace rw
