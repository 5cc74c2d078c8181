// The watermarks at the inputs of a task: per producer, per port, and over all.
#pragma once
#include <vector>

#include "core/base/time.h"
#include "core/data/batch.h"

namespace rw {

class InputClock {
 public:
    explicit InputClock(int ports) : m_ports(static_cast<std::size_t>(ports), kMinTimestamp) {}

    /// Before the run: inbox slot `slot` (in order, from 0) brings the batches of `producers` to `port`.
    void addSlot(int port, int producers);
    /// Takes the watermark and the control of a batch. Whether a watermark rose or an input ended.
    bool advance(int slot, int producer, const Batch& batch);

    Instant port(int port) const { return m_ports[static_cast<std::size_t>(port)]; }
    Instant all() const { return m_all; }
    bool ended() const { return m_open == 0; }
    int open() const { return m_open; }  ///< producers that have not ended
    /// Control::End when every input came to its end, Stop when one was stopped.
    Control control() const { return m_stopped ? Control::Stop : Control::End; }

 private:
    struct Producer {
        int port;
        Instant watermark = kMinTimestamp;
        bool ended = false;
    };
    std::vector<std::vector<Producer>> m_slots;
    std::vector<Instant> m_ports;
    Instant m_all = kMinTimestamp;
    int m_open = 0;
    bool m_stopped = false;
};

}  // namespace rw
