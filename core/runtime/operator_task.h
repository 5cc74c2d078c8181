// An instance of a stage behind an exchange: an operator and those fused behind it.
#pragma once
#include <memory>
#include <vector>

#include "core/runtime/input_clock.h"
#include "core/runtime/stage_task.h"

namespace rw {

class OperatorTask final : public StageTask {
 public:
    OperatorTask(RunShared& shared, std::unique_ptr<Inbox> inbox, int inputPorts)
        : m_shared(shared), m_inbox(std::move(inbox)), m_clock(inputPorts) {
        m_inbox->setConsumer(*this);
    }

    Inbox& inbox() { return *m_inbox; }
    /// Before the run: inbox slot `slot` brings wire `wire` of `port`.
    void addInput(int port, int wire, int producers);

    Step step() override;

 private:
    struct Input {
        int port, wire;
    };
    void take(const Delivery& delivery);

    RunShared& m_shared;
    const std::unique_ptr<Inbox> m_inbox;
    InputClock m_clock;
    std::vector<Input> m_inputs;  ///< per inbox slot
    std::int64_t m_measuredAt = 0;
};

}  // namespace rw
