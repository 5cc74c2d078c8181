// Operators that wait for the world outside, and break one of the promises of those that do.
#include <deque>
#include <map>
#include <utility>

#include "core/data/state_reader.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/waiting/request.h"
#include "core/stream/waiting/waiting_node.h"
#include "tests/unit/nodes/contract/mutants.h"

namespace rw::test {

namespace {

enum class WaitingFault {
    None,
    LosesWhatWaits,      ///< its state is empty
    AsksOnce,            ///< what it is restored from is not asked for again
    OvertakesItsRows,    ///< the watermark does not wait with the rows before it
    AnswersOutOfOrder,   ///< though it says that it keeps the order of its source
    LosesWhatFails,      ///< rows whose request fails are gone
    LosesWhatIsSilent,   ///< rows whose patience is over are gone
    WaitsForEver,        ///< whatever the patience
    TakesEverything,     ///< however much waits
    GivesWhatWasDenied,  ///< a request that fails is taken for an answer, after which rows are there twice
};

class Asked final : public Request {
 public:
    Asked() : Request(500) {}
    Result<Step> step() override { return Step::Done; }
};

/// Asks for each batch, and lets it go as it came.
class Waits final : public Operator {
 public:
    Waits(WaitingFault fault, const MakeContext& context)
        : m_fault(fault),
          m_schema(context.inputs.front().type.schema),
          m_clock(context.clock),
          m_requests(context.requests) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        if (batch.rows == 0) return {};
        if (!m_requests) {
            out.emit(0, batch);
            return {};
        }
        return ask(batch);
    }
    Status onWatermark(Instant watermark, Output& out) override {
        if (m_held.empty() || m_fault == WaitingFault::OvertakesItsRows)
            return Operator::onWatermark(watermark, out);
        m_held.back().watermark = watermark;
        return {};
    }
    Status resume(Output& out) override {
        if (hasMore()) {
            std::deque<Held> again;
            std::swap(again, m_held);
            m_restored = false;
            for (const Held& held : again) {
                RW_TRY(ask(held.batch));
                m_held.back().watermark = held.watermark;
            }
        }
        while (const auto place = next()) RW_TRY(letGo(*place, out));
        return {};
    }
    bool hasMore() const override { return m_restored && m_fault != WaitingFault::AsksOnce; }
    std::int64_t wakesAt() const override {
        if (m_held.empty()) return kNever;
        if (next()) return 0;
        const bool ends = m_fault != WaitingFault::WaitsForEver && m_held.front().request;
        return ends ? m_held.front().patienceEnds : kNever - 1;
    }
    bool takesMore() const override { return m_fault == WaitingFault::TakesEverything || m_held.size() < 2; }
    StateSize stateSize() const override {
        StateSize size;
        for (const Held& held : m_held) size.keys += held.batch.rows;
        return size;
    }
    Status snapshot(StateWriter& out) const override {
        if (m_fault == WaitingFault::LosesWhatWaits) return {};
        for (const Held& held : m_held) {
            out.record("held", 1, [&held](StateWriter& record) {
                record.batch("rows", held.batch);
                record.i64("watermark", held.watermark);
            });
        }
        return {};
    }
    Status restore(const StateReader& state, const KeyGroups&) override {
        RW_TRY_ASSIGN(const std::vector<StateReader> records, state.records("held"));
        for (const StateReader& record : records) {
            Held& held = m_held.emplace_back();
            RW_TRY_ASSIGN(held.batch, record.batch("rows"));
            held.batch.schema = m_schema;
            RW_TRY_ASSIGN(held.watermark, record.i64("watermark"));
        }
        m_restored = !m_held.empty();
        return {};
    }

 private:
    struct Held {
        Batch batch{};
        RequestRef request{};
        std::int64_t patienceEnds = 0;
        Instant watermark = kMinTimestamp;  ///< behind the rows
    };
    Status ask(const Batch& batch) {
        auto request = std::make_shared<Asked>();
        m_held.push_back({batch, request, m_clock->steadyMillis() + request->patience(), kMinTimestamp});
        return m_requests->begin(request);
    }
    std::optional<std::size_t> next() const {
        for (std::size_t place = 0; place < m_held.size(); ++place) {
            const Held& held = m_held[place];
            if (!held.request) return std::nullopt;
            const bool over =
                m_fault != WaitingFault::WaitsForEver && m_clock->steadyMillis() >= held.patienceEnds;
            if (held.request->isAnswered() || over) return place;
            if (m_fault != WaitingFault::AnswersOutOfOrder) return std::nullopt;
        }
        return std::nullopt;
    }
    Status letGo(std::size_t place, Output& out) {
        const Held held = m_held[place];
        m_held.erase(m_held.begin() + static_cast<std::ptrdiff_t>(place));
        const bool answered = held.request->isAnswered(), good = answered && held.request->status().ok();
        if (good) out.emit(0, held.batch);
        if (answered && !good && m_fault == WaitingFault::GivesWhatWasDenied) {
            out.emit(0, held.batch);
            out.emit(0, held.batch);
        }
        const bool loses =
            answered ? m_fault == WaitingFault::LosesWhatFails || m_fault == WaitingFault::GivesWhatWasDenied
                     : m_fault == WaitingFault::LosesWhatIsSilent;
        for (std::size_t row = 0; !good && !loses && row < held.batch.rows; ++row)
            RW_TRY(out.reject(held.batch, row, RW_TEXT("test", "There was no answer.")));
        if (place > 0) {
            // Behind all that came before it.
            Instant& before = m_held[place - 1].watermark;
            before = std::max(before, held.watermark);
            return {};
        }
        return held.watermark > kMinTimestamp ? Operator::onWatermark(held.watermark, out) : Status();
    }

    const WaitingFault m_fault;
    const SchemaRef m_schema;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<Requests> m_requests;
    std::deque<Held> m_held{};
    bool m_restored = false;
};

BoundNodeRef bindWaits(BindContext& context) {
    auto bound = std::make_shared<WaitingNode>();
    bound->letOut({context.input()}, WaitingNode::Order::AsTheyCame);
    return bound;
}

template <WaitingFault kFault>
NodeKind waitsKind(const char* type) {
    NodeKind kind;
    kind.type = type;
    kind.inputs = {{"in", {}}};
    kind.outputs = {{"out", {}}};
    kind.bind = bindWaits;
    kind.make = [](const BoundNode&, const MakeContext& context) -> Result<Made> {
        return Made(std::make_unique<Waits>(kFault, context));
    };
    return kind;
}

}  // namespace

NodeKind waitsKind() {
    return waitsKind<WaitingFault::None>("waits");
}

std::vector<Mutant> waitingMutants() {
    using enum WaitingFault;
    return {{waitsKind<LosesWhatWaits>("loses_what_waits"), "left while answers are out"},
            {waitsKind<AsksOnce>("asks_once"), "it waits for an answer that nobody owes it"},
            {waitsKind<OvertakesItsRows>("overtakes_its_rows"), "rows leave behind the watermark"},
            {waitsKind<AnswersOutOfOrder>("answers_out_of_order"), "answered late, seed 1"},
            {waitsKind<LosesWhatFails>("loses_what_fails"), "with failing answers, seed"},
            {waitsKind<LosesWhatIsSilent>("loses_what_is_silent"), "with silence, seed"},
            {waitsKind<WaitsForEver>("waits_for_ever"), "rows wait longer than their patience"},
            {waitsKind<TakesEverything>("takes_everything"), "rows wait at once"},
            {waitsKind<GivesWhatWasDenied>("gives_what_was_denied"), "with failing answers, seed"}};
}

}  // namespace rw::test
