// How a thread of the outside world (a client library's, a timer's) tells a run that a source has something.
#pragma once

namespace rw {

class SourceWaker {
 public:
    virtual ~SourceWaker() = default;
    /// The source is polled soon, once at least after this call, however many calls there were before. From
    /// any thread, at any time: before the first poll, while the source is being polled, and when the run is
    /// over, where it does nothing. Never waits for a poll or for rows.
    virtual void wake() = 0;
};

}  // namespace rw
