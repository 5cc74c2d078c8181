// Several parallel instances of a keyed node, without the runtime, that take checkpoints by change while they
// work, and go back to the last one, as other instances.
#pragma once
#include <map>
#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw {
class ChangingState;
}

namespace rw::test {

class CheckpointedGroup final : public Output {
 public:
    /// What comes at one of several ports: rows, or its watermark.
    struct AtPort {
        int port = 0;
        std::variant<Batch, Instant> what{};
    };
    using Event = std::variant<Batch, Instant, AtPort>;  ///< rows of the first port, or a watermark of all
    using Table = std::map<std::string, int>;            ///< “port|row”: how often each row is there

    /// The arguments outlive it. The operator of the node has a ChangingState. Where the context says that
    /// checkpoints name files they lie beside those of state, some of them as content.
    CheckpointedGroup(const NodeKind& kind, const BoundNode& bound, MakeContext context, int instances);

    /// Takes all events, until there is an error. `restarts`: with checkpoints at any time, to some of which
    /// it goes back; and the memory that it shares is full at times.
    void run(const std::vector<Event>& events, std::mt19937_64& random, bool restarts);

    const Table& table() const { return m_table; }
    const Status& status() const { return m_status; }
    const std::vector<Text>& notes() const { return m_notes; }  ///< of all instances
    std::size_t goneBack() const { return m_goneBack; }
    std::size_t filesNamed() const { return m_filesNamed; }
    Operator& first() { return *m_instances.front(); }

    void emit(int port, Batch batch) override;
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override;
    void countLate(std::size_t, Millis) override {}

 private:
    static constexpr std::size_t kMostTimes = 4;

    void make(int instances);
    template <class Call>
    void call(Operator& op, Call first);
    void apply(const Event& event);
    void send(int port, const Batch& batch);
    void freeze(bool whole);
    void writeSome();
    void writeRuns(ChangingState& changing, StateWriter& out);
    void removeOtherRuns();
    void goBack(const std::vector<Event>& events, int instances);
    void tellPorts(const std::vector<Event>& events);
    /// Others have taken all memory that it shares with them.
    void setOthersFill(bool fill);

    const NodeKind& m_kind;
    const BoundNode& m_bound;
    MakeContext m_context;
    std::vector<std::unique_ptr<Operator>> m_instances{};
    Table m_table{};
    Status m_status{};
    std::vector<Text> m_notes{};
    std::size_t m_next = 0, m_goneBack = 0, m_filesNamed = 0;  ///< event; times
    bool m_othersFill = false;
    // The checkpoint under way, and the last one.
    bool m_frozen = false, m_whole = true, m_mustBeWhole = true;
    std::vector<std::string> m_rest{}, m_written{}, m_parts{}, m_state{};
    std::size_t m_frozenAt = 0, m_stateAt = 0;
    Table m_tableThen{}, m_stateTable{};
    std::map<std::string, std::uint64_t> m_runs{};  ///< that they name
    std::map<std::string, std::string> m_fileOf{};  ///< of each of these
};

}  // namespace rw::test
