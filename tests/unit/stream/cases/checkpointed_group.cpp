#include "tests/unit/stream/cases/checkpointed_group.h"

#include <set>

#include "core/data/state_reader.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

CheckpointedGroup::CheckpointedGroup(const NodeKind& kind, const BoundNode& bound, MakeContext context,
                                     int instances)
    : m_kind(kind), m_bound(bound), m_context(std::move(context)) {
    if (m_context.namesRuns) m_context.savedRuns = {"/checkpoints", m_context.spill->outputs()};
    make(instances);
}

void CheckpointedGroup::make(int instances) {
    m_instances.clear();
    m_context.instances = instances;
    for (int i = 0; i < instances; ++i) {
        m_context.instance = i;
        auto made = m_kind.make(m_bound, m_context);
        m_instances.push_back(std::get<std::unique_ptr<Operator>>(std::move(made).value()));
        m_instances.back()->outputPorts = static_cast<int>(m_bound.outputs.size());
    }
    m_parts.assign(m_instances.size(), {});
    m_frozen = false;
    m_mustBeWhole = true;
}

template <class Call>
void CheckpointedGroup::call(Operator& op, Call first) {
    if (m_status.ok()) m_status = first();
    for (int calls = 1; m_status.ok() && op.hasMore(); ++calls) {
        if (m_frozen && calls % 3 == 0) writeSome();  // between any two calls
        if (m_status.ok()) m_status = op.resume(*this);
    }
    for (Text& note : op.takeNotes()) m_notes.push_back(std::move(note));
}

void CheckpointedGroup::apply(const Event& event) {
    if (const Instant* const watermark = std::get_if<Instant>(&event)) {
        for (const auto& op : m_instances) call(*op, [&] { return op->onWatermark(*watermark, *this); });
        return;
    }
    if (const Batch* const batch = std::get_if<Batch>(&event)) return send(0, *batch);
    const AtPort& at = std::get<AtPort>(event);
    if (const Batch* const batch = std::get_if<Batch>(&at.what)) return send(at.port, *batch);
    for (const auto& op : m_instances)
        call(*op, [&] { return op->onPortWatermark(at.port, std::get<Instant>(at.what), *this); });
}

void CheckpointedGroup::send(int port, const Batch& batch) {
    const auto count = static_cast<int>(m_instances.size());
    std::vector<std::uint64_t> hashes;
    hashKeys(batch, m_bound.distribution.keys[static_cast<std::size_t>(port)], hashes);
    std::vector<std::vector<std::uint32_t>> rows(m_instances.size());
    for (std::uint32_t row = 0; row < batch.rows; ++row)
        rows[static_cast<std::size_t>(instanceOfGroup(keyGroupOf(hashes[row]), count))].push_back(row);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Batch some = batch.select(rows[i]);
        call(*m_instances[i], [&] { return m_instances[i]->onBatch(port, some, *this); });
    }
}

void CheckpointedGroup::run(const std::vector<Event>& events, std::mt19937_64& random, bool restarts) {
    while (m_next < events.size() && m_status.ok()) {
        apply(events[m_next++]);
        if (!restarts) continue;
        if (random() % 4 == 0) setOthersFill(!m_othersFill);
        if (m_frozen) {
            if (random() % 2 == 0) writeSome();
        } else if (random() % 4 == 0) {
            freeze(random() % 6 == 0);
        }
        if (m_state.empty() || m_goneBack == kMostTimes || random() % 12 > 0) continue;
        goBack(events, static_cast<int>(1 + random() % 5));
    }
}

void CheckpointedGroup::setOthersFill(bool fill) {
    constexpr std::uint64_t kMuch = std::uint64_t{1} << 40;
    if (m_context.moreStateMemory == nullptr || fill == m_othersFill) return;
    m_othersFill = fill;
    m_context.moreStateMemory->changed(fill ? 0 : kMuch, fill ? kMuch : 0);
}

void CheckpointedGroup::emit(int port, Batch batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        const std::string line = std::to_string(port) + "|" + lineOf(batch, row);
        int& count = m_table[line];
        count += kind == RowKind::Insert || kind == RowKind::UpdateAfter ? 1 : -1;
        if (count == 0) m_table.erase(line);
    }
}

Status CheckpointedGroup::reject(const Batch& batch, std::size_t row, const Text& reason) {
    ++m_table["rejected|" + lineOf(batch, row) + english(reason)];
    return {};
}

void CheckpointedGroup::freeze(bool whole) {
    m_whole = whole || m_mustBeWhole;
    for (const auto& op : m_instances) m_whole = m_whole || dynamic_cast<ChangingState&>(*op).needsWhole();
    m_mustBeWhole = false;
    m_rest.clear();
    m_runs.clear();
    m_written.assign(m_instances.size(), {});
    for (const auto& op : m_instances) {
        auto& changing = dynamic_cast<ChangingState&>(*op);
        StateWriter rest;
        changing.writeRest(rest);
        m_rest.push_back(rest.finish());
        changing.freeze(m_whole);
        m_runs.merge(changing.runsNamed());
    }
    m_frozen = true;
    m_frozenAt = m_next;
    m_tableThen = m_table;
}

void CheckpointedGroup::writeSome() {
    bool more = false;
    for (std::size_t i = 0; i < m_instances.size(); ++i) {
        auto& changing = dynamic_cast<ChangingState&>(*m_instances[i]);
        StateWriter out;
        more = changing.writePiece(out) || more;
        if (m_status.ok()) m_status = changing.writing();
        writeRuns(changing, out);
        m_written[i] += out.takeFields();
    }
    if (more || !m_status.ok()) return;
    m_frozen = false;
    removeOtherRuns();
    m_state.clear();
    for (std::size_t i = 0; i < m_instances.size(); ++i) {
        m_parts[i] = m_whole ? m_written[i] : m_parts[i] + m_written[i];
        std::string state = m_rest[i] + m_parts[i];
        StateWriter::sealAnew(state);
        m_state.push_back(std::move(state));
    }
    m_stateAt = m_frozenAt;
    m_stateTable = m_tableThen;
}

void CheckpointedGroup::writeRuns(ChangingState& changing, StateWriter& out) {
    for (const auto& [field, run] : changing.takeRuns()) {
        const SavedRun saved = run->saved();
        const std::string path = m_context.savedRuns.pathOf(saved);
        OutputFiles& files = *m_context.savedRuns.files;
        m_fileOf[saved.name] = saved.file;
        const bool asContent = ++m_filesNamed % 4 == 0;
        if (m_status.ok() && !asContent && !files.state(path).ok())
            m_status = files.link(run->path(), path, path);
        if (!asContent) saved.write(field, out);
        for (std::size_t next = 0; asContent && m_status.ok() && next < run->sections().size();)
            m_status = writeContent(*run, field, next, 1, out);
    }
}

/// Those that the state does not need any more.
void CheckpointedGroup::removeOtherRuns() {
    if (!m_context.namesRuns) return;
    OutputFiles& files = *m_context.savedRuns.files;
    std::set<std::string> needed;
    for (const auto& [name, bytes] : m_runs) needed.insert(m_fileOf[name]);
    for (const std::string& path : files.list(m_context.savedRuns.folder)) {
        if (!needed.contains(path.substr(path.rfind('/') + 1))) files.remove(path);
    }
}

void CheckpointedGroup::goBack(const std::vector<Event>& events, int instances) {
    make(instances);
    m_next = m_stateAt;
    m_table = m_stateTable;
    ++m_goneBack;
    for (int i = 0; i < instances; ++i) {
        for (const std::string& state : m_state) {
            const Result<StateReader> reader = StateReader::open(state);
            if (m_status.ok()) m_status = reader.status();
            if (m_status.ok())
                m_status =
                    m_instances[static_cast<std::size_t>(i)]->restore(*reader, keyGroupsOf(i, instances));
        }
        // It may have left work to do.
        call(*m_instances[static_cast<std::size_t>(i)], [] { return Status(); });
    }
    tellPorts(events);
}

/// As sources do that resume: how far each port was, before the watermark of all can rise.
void CheckpointedGroup::tellPorts(const std::vector<Event>& events) {
    std::map<int, Instant> reached;
    for (std::size_t i = 0; i < m_next; ++i) {
        const AtPort* const at = std::get_if<AtPort>(&events[i]);
        if (const Instant* const watermark = at ? std::get_if<Instant>(&at->what) : nullptr)
            reached[at->port] = *watermark;
    }
    for (const auto& [port, watermark] : reached) apply(AtPort{port, watermark});
}

}  // namespace rw::test
