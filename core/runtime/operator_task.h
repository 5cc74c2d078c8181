// An instance of a stage behind an exchange: an operator and those fused behind it.
#pragma once
#include <memory>
#include <vector>

#include "core/runtime/input_clock.h"
#include "core/runtime/node_runner.h"

namespace rw {

class OperatorTask final : public Task {
 public:
    OperatorTask(RunShared& shared, std::unique_ptr<Inbox> inbox, int inputPorts)
        : m_shared(shared), m_inbox(std::move(inbox)), m_clock(inputPorts) {
        m_inbox->setConsumer(*this);
    }

    Inbox& inbox() { return *m_inbox; }
    StageTime& time() { return m_time; }
    /// Before the run: inbox slot `slot` brings wire `wire` of `port`.
    void addInput(int port, int wire, int producers);
    NodeRunner& addNode(std::unique_ptr<NodeRunner> runner);
    Sender& addSender(std::unique_ptr<Sender> sender);

    Step step() override;

 private:
    struct Input {
        int port, wire;
    };
    void take(const Delivery& delivery);

    RunShared& m_shared;
    const std::unique_ptr<Inbox> m_inbox;
    InputClock m_clock;
    StageTime m_time;
    std::vector<Input> m_inputs;  ///< per inbox slot
    std::vector<std::unique_ptr<NodeRunner>> m_nodes;
    std::vector<std::unique_ptr<Sender>> m_senders;
    std::int64_t m_measuredAt = 0;
};

}  // namespace rw
