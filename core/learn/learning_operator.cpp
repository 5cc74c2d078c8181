#include "core/learn/learning_operator.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/data/state_reader.h"
#include "core/stream/call_budget.h"
#include "core/stream/rejected.h"

namespace rw::learn {

namespace {

bool takenAsTheyCome(const MakeContext& context) {
    return context.inputs.size() == 1 && context.inputs.front().order == InputOrder::Source;
}

}  // namespace

LearningOperator::Input::Input(const LearningInput& input, const LearningPlan& plan,
                               const MakeContext& context)
    : what(input),
      reader(input, plan, context),
      late(lateStream(input.type, plan.oneTask).schema, input.late),
      held(HeldUntil::EventTime, input.type.eventTime, context.batchRows) {}

LearningOperator::LearningOperator(LearningPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_asTheyCome(takenAsTheyCome(context)),
      m_output(m_plan->output()),
      m_models(*m_plan, *m_output),
      m_made(*m_plan, context.batchRows),
      m_raw(m_plan->model->features()),
      m_features(m_plan->model->features()),
      m_outputs(m_plan->model->outputs()) {
    for (const LearningInput& input : m_plan->inputs)
        m_inputs.push_back(std::make_unique<Input>(input, *m_plan, context));
}

Status LearningOperator::beginOnce() {
    const auto begin = std::exchange(m_begin, nullptr);
    return begin ? begin() : Status();
}

Status LearningOperator::onBatch(int port, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    RW_TRY(beginOnce());
    Input& input = *m_inputs[static_cast<std::size_t>(port)];
    input.late.addPassed(batch, input.what.type.eventTime, m_inTime);
    input.late.emit(batch, out);
    Batch rows = m_inTime.size() == batch.rows ? batch : batch.select(m_inTime);
    input.reader.read(rows, input.rows);
    RW_TRY(input.reader.failures().reject(rows, out));
    const std::vector<std::uint32_t> good = input.reader.failures().others(rows.rows);
    if (!m_asTheyCome) {
        input.held.hold(rows, good);
        input.rows = {};
        return {};
    }
    if (good.size() < rows.rows) {
        rows = rows.select(good);
        input.reader.read(rows, input.rows);
    }
    m_models.find(rows, input.what.keys, input.rows.keys);
    const bool numbered = rows.positions.known() && rows.rows > 0;
    takeUpTo(numbered ? rows.positions.at(rows.rows - 1) : kMinTimestamp);
    return resume(out);
}

Status LearningOperator::onWatermark(Instant watermark, Output& out) {
    RW_TRY(beginOnce());
    m_watermark = watermark;
    if (!m_asTheyCome) takeUpTo(watermark);
    return resume(out);
}

Status LearningOperator::onEnd(Output&) {
    return m_learnt && m_watermark == kMaxTimestamp ? m_learnt(m_models) : Status();
}

bool LearningOperator::hasMore() const {
    const bool rows = std::any_of(m_inputs.begin(), m_inputs.end(), [&](const auto& input) {
        return !input->rows.done() || input->held.due(m_watermark);
    });
    return rows || m_models.anyOver(m_watermark);
}

void LearningOperator::begin(Input& input, const Batch& batch) {
    input.reader.read(batch, input.rows);
    const bool ofNoKey = input.what.role == InputRole::Control && m_plan->resetsAll;
    if (ofNoKey) {
        input.rows.keys.assign(batch.rows, 0);
    } else {
        m_models.find(batch, input.what.keys, input.rows.keys);
    }
}

void LearningOperator::refill(Output& out) {
    for (const auto& input : m_inputs) {
        if (!input->rows.done() || !input->held.due(m_watermark)) continue;
        emitMade(out);  // what was made points into the rows that go
        begin(*input, input->held.release(m_watermark, m_batchRows).gathered());
    }
}

LearningOperator::Input* LearningOperator::first() {
    Input* first = nullptr;
    Instant earliest = 0;
    for (const auto& input : m_inputs) {
        const LearningRows& rows = input->rows;
        if (rows.done()) continue;
        const Instant time = rows.batch.column(input->what.type.eventTime).at<Instant>(rows.next);
        const bool before =
            !first || time < earliest || (time == earliest && input->what.role < first->what.role);
        if (!before) continue;
        first = input.get();
        earliest = time;
    }
    return first;
}

Status LearningOperator::resume(Output& out) {
    CallBudget budget(m_batchRows);
    while (!budget.spent()) {
        refill(out);
        Input* const input = first();
        if (!input) break;
        take(*input, out);
        budget.spend(m_output->cost());
        if (m_made.count() < m_batchRows) continue;
        budget.spend(m_made.count());
        emitMade(out);
    }
    emitMade(out);
    if (first()) return {};
    for (const auto& input : m_inputs) input->rows = {};
    if (!budget.spent()) m_models.forgetOver(m_watermark, budget);
    // After a restart the watermark sent before is not known at first.
    if (hasMore() || m_watermark == kMinTimestamp) return {};
    if (!m_asTheyCome) resetUpTo(saturatingAdd(m_watermark, 1));  // no row to come is before that
    for (const MadePort& port : m_plan->made) out.watermark(port.port, saturatingAdd(m_watermark, -1));
    for (const LearningInput& input : m_plan->inputs) {
        out.watermark(input.late, m_watermark);
        if (input.unmatched >= 0) out.watermark(input.unmatched, saturatingAdd(m_watermark, -1));
    }
    return {};
}

void LearningOperator::emitMade(Output& out) {
    m_made.emit(m_models.table(), out);
}

void LearningOperator::take(Input& input, Output& out) {
    const auto row = static_cast<std::uint32_t>(input.rows.next++);
    const Instant time = input.rows.batch.column(input.what.type.eventTime).at<Instant>(row);
    if (m_nextReset < kMaxTimestamp) resetUpTo(m_asTheyCome ? input.rows.batch.positions.at(row) : time);
    m_made.setAt({&input.rows.batch, row, input.rows.keys[row], time});
    switch (input.what.role) {
        case InputRole::Control:
            return takeReset(input, row);
        case InputRole::Labels:
            return takeLabel(input, row, out);
        case InputRole::Asks:
            return takeAsk(input, row);
        case InputRole::Rows:
            return takeRow(input, row);
    }
}

bool LearningOperator::readFeatures(const LearningRows& rows, std::uint32_t row, const KeyState& state) {
    const std::size_t given = m_plan->rows().numbers.size();
    bool whole = true;
    for (std::size_t i = 0; i < given; ++i) {
        double value = rows.numbers[row * given + i];
        if (value != value) {
            whole = whole && m_plan->impute != Impute::Error;
            value = m_plan->impute == Impute::Mean ? state.scale->mean(i) : 0;
        }
        m_raw[i] = value;
    }
    std::fill(m_raw.begin() + static_cast<std::ptrdiff_t>(given), m_raw.end(), 0.0);
    return whole;
}

void LearningOperator::readTarget(const LearningRows& rows, std::uint32_t row, LearningRow& out) const {
    if (!rows.targets.empty()) out.example.target = rows.targets[row];
    out.hasLabel = rows.label && !rows.label->isNull(row);
    if (out.hasLabel) out.label = rows.label->string(row);
}

void LearningOperator::readTexts(const LearningRows& rows, std::uint32_t row) {
    m_texts.clear();
    for (const ColumnRef& text : rows.texts)
        m_texts.push_back(text->isNull(row) ? std::string_view() : text->string(row));
}

void LearningOperator::scaleFeatures(const KeyState& state) {
    m_features = m_raw;
    if (m_plan->scaled) state.scale->apply(m_features);
}

void LearningOperator::takeRow(Input& input, std::uint32_t row) {
    const AtRow at = m_made.at();
    KeyState& state = m_models.at(at.key, at.time);
    LearningRow taken;
    taken.example.time = at.time;
    taken.warm = state.rows >= m_plan->warmUp;
    taken.model = state.model.get();
    taken.notes = state.notes.get();
    readTarget(input.rows, row, taken);
    readTexts(input.rows, row);
    taken.texts = m_texts;
    bool scorable = readFeatures(input.rows, row, state);
    scorable = m_output->encode(taken, m_raw) && scorable;
    scaleFeatures(state);
    taken.example.features = m_features;
    std::fill(m_outputs.begin(), m_outputs.end(), kUnknown);
    if (scorable && taken.warm) state.model->score(taken.example, m_outputs);
    m_output->hide(m_outputs);
    taken.outputs = m_outputs;
    m_output->scored(taken, m_made);
    m_models.countRow(state);
    if (!scorable) return m_models.changed(at.key);
    if (m_plan->labelWithin > 0 && input.rows.id) {
        if (!input.rows.id->isNull(row))
            m_models.wait(at.key, std::string(input.rows.id->string(row)),
                          {at.time, taken.warm, m_raw, m_outputs});
        if (m_plan->learns && state.scale) state.scale->learn(m_raw);
    } else {
        if (taken.known() && taken.warm) m_output->labelled(taken, m_made);
        if (m_plan->learns) learn(state, taken, true);
    }
    m_output->passed(taken, m_made);
    m_models.changed(at.key);
}

void LearningOperator::learn(KeyState& state, LearningRow& row, bool withScale) {
    if (state.scale) {
        if (withScale) state.scale->learn(m_raw);
        scaleFeatures(state);
    }
    row.example.features = m_features;
    state.model->learn(row.example);
}

void LearningOperator::takeLabel(Input& input, std::uint32_t row, Output& out) {
    const AtRow at = m_made.at();
    const auto waited = m_models.takeWaiting(at.key, std::string(input.rows.id->string(row)), at.time);
    if (!waited) {
        emitMade(out);
        const std::uint32_t rows[] = {row};
        return out.emit(input.what.unmatched, input.rows.batch.select(rows));
    }
    KeyState& state = *m_models.find(at.key, at.time);
    LearningRow taken;
    taken.example.time = waited->time;
    taken.warm = waited->warm;
    taken.model = state.model.get();
    taken.notes = state.notes.get();
    readTarget(input.rows, row, taken);
    m_raw = waited->features;
    m_outputs = waited->outputs;
    if (!m_output->encode(taken, m_raw)) return;
    scaleFeatures(state);
    taken.example.features = m_features;
    taken.outputs = m_outputs;
    if (taken.known() && taken.warm) m_output->labelled(taken, m_made);
    if (m_plan->learns) learn(state, taken, false);
    m_models.changed(at.key);
}

void LearningOperator::takeReset(Input& input, std::uint32_t row) {
    if (m_plan->resetsAll) return resetAll();
    m_models.reset(input.rows.keys[row]);
}

void LearningOperator::resetAll() {
    m_models.resetAll();
    m_made.forgetQuality();
}

void LearningOperator::setResets(std::shared_ptr<ModelResets> resets) {
    m_resets = std::move(resets);
}

void LearningOperator::takeUpTo(std::int64_t last) {
    m_last = std::max(m_last, last);
    if (m_resets) m_nextReset = m_resets->next(m_done, m_last);
}

void LearningOperator::resetUpTo(std::int64_t last) {
    while (m_nextReset < last) {
        resetAll();
        ++m_resetsDone;
        m_nextReset = m_resets->next(++m_done, m_last);
    }
}

void LearningOperator::onBarrier(std::uint64_t checkpoint) {
    if (!m_resets || !m_resets->atBarrier(checkpoint, m_last)) return;
    resetAll();
    ++m_resetsDone;
}

std::vector<Text> LearningOperator::takeNotes() {
    return m_resets ? m_resets->takeNotes() : std::vector<Text>();
}

Quality LearningOperator::quality() const {
    Quality quality = m_made.quality().quality();
    quality.learnt = m_models.rows();
    quality.warmUp = m_plan->warmUp;
    quality.warm = m_models.warmKeys();
    return quality;
}

void LearningOperator::takeAsk(Input& input, std::uint32_t row) {
    const AtRow at = m_made.at();
    KeyState& state = m_models.at(at.key, at.time);
    LearningRow asked;
    asked.example.time = at.time;
    asked.warm = state.rows >= m_plan->warmUp;
    asked.model = state.model.get();
    asked.notes = state.notes.get();
    readTexts(input.rows, row);
    asked.texts = m_texts;
    const std::size_t given = input.what.numbers.size();
    asked.example.features = std::span<const double>(input.rows.numbers).subspan(row * given, given);
    m_output->asked(asked, m_made);
}

HeldShape LearningOperator::shape(const LearningInput& input) const {
    const bool spread = !m_plan->oneTask;
    return {input.type.schema, spread ? input.keys : std::vector<int>(), lookedAt(input), false};
}

Status LearningOperator::snapshot(StateWriter& out) const {
    out.u64("resets", m_resetsDone);
    m_models.snapshot(out);
    for (const auto& input : m_inputs) {
        out.record("input", 1,
                   [&](StateWriter& record) { writeHeld(input->held, shape(input->what), record); });
    }
    return {};
}

Status LearningOperator::restore(const StateReader& state, const KeyGroups& own) {
    if (std::exchange(m_begin, nullptr)) m_models.clear();
    RW_TRY(restoreModels(state, own));
    RW_TRY_ASSIGN(const std::vector<StateReader> inputs, state.records("input"));
    if (inputs.size() != m_inputs.size()) return brokenState("number of inputs");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        Input& input = *m_inputs[i];
        RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(inputs[i], shape(input.what), own));
        for (const Batch& batch : held) input.held.hold(batch, everyRow(batch.rows));
    }
    return {};
}

Status LearningOperator::restoreModels(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::uint64_t resets, state.u64("resets", 0));
    // An instance without a row beyond a reset had still to do it: it does so now. None comes before it.
    if (resets < m_resetsDone) return {};
    if (resets > m_resetsDone) m_models.clear();
    m_resetsDone = resets;
    if (m_resets) m_done = m_resets->firstOf(resets);
    return m_models.restore(state, own);
}

Operator::StateSize LearningOperator::stateSize() const {
    std::size_t bytes = m_models.memoryBytes();
    for (const auto& input : m_inputs) bytes += input->held.memoryBytes();
    return {bytes, m_models.keys()};
}

}  // namespace rw::learn
