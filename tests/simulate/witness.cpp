#include "tests/simulate/witness.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <map>
#include <utility>

#include "core/data/state_writer.h"

namespace rw::simulated {

namespace {

std::uint64_t hashOf(const StateSnapshot& snapshot) {
    std::string all = fmt::format("{} {}\n", snapshot.began, snapshot.ended);
    for (const auto& [id, states] : snapshot.states) {
        for (const std::string& state : states)
            all += fmt::format("{} {} {}\n{}", id.node, id.stage, state.size(), state);
    }
    return XXH3_64bits(all.data(), all.size());
}

}  // namespace

class Witness::Watched final : public CheckpointStore {
 public:
    Watched(Witness& witness, std::shared_ptr<CheckpointStore> store, Epoch from)
        : m_witness(witness), m_store(std::move(store)), m_from(from) {}

    const std::string& lineage() const override { return m_store->lineage(); }
    void expectDecider() override { m_store->expectDecider(); }
    Status open(const MakeContext& context) override { return m_store->open(context); }
    bool wants() override { return m_store->wants(); }
    bool wantsLast() const override { return m_store->wantsLast(); }
    void close() override { m_store->close(); }

    Status settle(Epoch number, bool committed) override {
        RW_TRY(m_store->settle(number, committed));
        if (committed) m_witness.counts(lineage(), number);
        m_settledBack = !committed;
        return {};
    }
    Status begun() override {
        RW_TRY(m_store->begun());
        if (m_from > 0 && !m_settledBack) m_witness.counts(lineage(), m_from);
        return {};
    }
    bool takesChanges() const override { return m_store->takesChanges(); }
    Result<std::string> add(std::string_view part) override {
        RW_TRY_ASSIGN(std::string name, m_store->add(part));
        m_added[name] = {std::string(part)};
        return name;
    }
    bool takesRuns() const override { return m_store->takesRuns(); }
    Result<std::vector<AddedRun>> addRuns(std::span<const NamedRun> runs) override {
        RW_TRY_ASSIGN(std::vector<AddedRun> added, m_store->addRuns(runs));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const SavedRun saved = runs[i].run->saved();
            StateWriter part;
            saved.write(runs[i].field, part);
            m_added[added[i].part] = {part.takeFields(), saved.name};
        }
        return added;
    }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        auto layers = m_layers;
        m_witness.wrote(lineage(), inOnePiece(snapshot, layers));
        RW_TRY_ASSIGN(const CheckpointSize size, m_store->write(snapshot));
        m_layers = std::move(layers);
        m_added.clear();
        if (!snapshot.pending) m_witness.counts(lineage(), snapshot.number);
        return size;
    }
    Status decided(Epoch number) override {
        RW_TRY(m_store->decided(number));
        m_witness.counts(lineage(), number);
        return {};
    }
    Status finish() override {
        m_witness.m_finishing.insert(lineage());
        RW_TRY(m_store->finish());
        m_witness.m_finished = true;
        return {};
    }
    Result<ResumePoint> next() const override {
        RW_TRY_ASSIGN(ResumePoint next, m_store->next());
        const Epoch from = next.restore ? next.restore->number : m_settledBack ? 0 : m_from;
        next.store = m_witness.watch(std::move(next.store), from);
        return next;
    }

 private:
    struct Part {
        std::string bytes{};
        std::string run{};  ///< the name of the file that it names; else empty
    };
    using Layers = std::map<std::pair<StateSnapshot::OperatorId, int>, std::vector<Part>>;
    /// As it is read: with all parts of states that are written by change, whose newest come to `layers`.
    StateSnapshot inOnePiece(StateSnapshot snapshot, Layers& layers) const {
        for (const auto& [id, instances] : std::exchange(snapshot.changes, {})) {
            for (const StateSnapshot::Changes& changes : instances) {
                std::vector<Part>& parts = layers[{id, changes.instance}];
                if (changes.whole) parts.clear();
                for (const std::string& name : changes.parts) parts.push_back(m_added.at(name));
                std::erase_if(parts, [&changes](const Part& part) {
                    return !part.run.empty() && !changes.runs.contains(part.run);
                });
                for (const Part& part : parts) snapshot.states[id][changes.state] += part.bytes;
                StateWriter::sealAnew(snapshot.states[id][changes.state]);
            }
        }
        return snapshot;
    }

    Witness& m_witness;
    const std::shared_ptr<CheckpointStore> m_store;
    const Epoch m_from;
    bool m_settledBack = false;  ///< the checkpoint that it was to resume from did not count
    std::map<std::string, Part> m_added{};  ///< to the next checkpoint, by name
    Layers m_layers{};                      ///< of the newest
};

std::shared_ptr<CheckpointStore> Witness::watch(std::shared_ptr<CheckpointStore> store, Epoch from) {
    return std::make_shared<Watched>(*this, std::move(store), from);
}

void Witness::wrote(const std::string& lineage, const StateSnapshot& snapshot) {
    m_contents[{lineage, snapshot.number}].insert(hashOf(snapshot));
}

void Witness::counts(const std::string& lineage, Epoch number) {
    m_lineage = lineage;
    m_newest = number;
    ++m_acknowledged;
}

bool Witness::knows(const LoadedCheckpoint& found) const {
    if (found.about.kind == CheckpointKind::Finished) return m_finishing.contains(found.about.lineage);
    const auto written = m_contents.find({found.about.lineage, found.about.number});
    return written != m_contents.end() && written->second.contains(hashOf(found.snapshot));
}

std::string Witness::judge(const std::optional<LoadedCheckpoint>& found) const {
    if (found && !knows(*found))
        return fmt::format("checkpoint {} is not what was written", found->about.number);
    if (m_finished && !(found && found->about.kind == CheckpointKind::Finished))
        return "the end was acknowledged, and is not there";
    if (m_newest == 0 || (found && found->about.kind == CheckpointKind::Finished)) return {};
    if (!found) return fmt::format("checkpoint {} was acknowledged, and none is there", m_newest);
    if (found->about.lineage == m_lineage && found->about.number >= m_newest) return {};
    return fmt::format("checkpoint {} was acknowledged, and {} of “{}” is the newest", m_newest,
                       found->about.number, found->about.lineage);
}

}  // namespace rw::simulated
