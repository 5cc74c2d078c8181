// The picture of a chart sink while a run goes on: bounded data that the GUI copies at its own pace.
// core/views has the kinds.
#pragma once
#include <cstdint>
#include <memory>

namespace rw {

/// Written by the run's thread, read by any other; implementations lock briefly and stay bounded however long
/// a run lasts.
class LiveView {
 public:
    virtual ~LiveView() = default;
    /// Grows with every change; equal numbers mean that nothing new is to be drawn. Any thread.
    virtual std::uint64_t version() const = 0;
    /// That came so far, drawn or not. Any thread.
    virtual std::uint64_t rows() const = 0;
};

}  // namespace rw
