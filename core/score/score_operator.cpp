#include "core/score/score_operator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/score/contribution_text.h"
#include "core/score/run_model.h"
#include "core/stream/barrier_listener.h"
#include "core/stream/lookups/row_moment.h"
#include "core/stream/row_errors.h"

namespace rw::score {

namespace {

constexpr std::size_t kStepsOfCall = 4'000'000;  // some milliseconds of work
constexpr std::size_t kMomentsOfCall = 4'096;

/// The column with NULL in the rows `rows`, which are sorted.
ColumnRef withNulls(const Column& column, const sql::RowErrors& rows) {
    ColumnBuilder builder(column.type());
    builder.reserve(column.size());
    auto next = rows.begin();
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (next != rows.end() && next->row == row) {
            builder.appendNull();
            ++next;
        } else {
            builder.appendSharing(column, row);
        }
    }
    return builder.finish();
}

class Score final : public Operator, public BarrierListener {
 public:
    Score(const ScorePlan& plan, const MakeContext& context, std::shared_ptr<RunModel> model)
        : m_plan(plan),
          m_eval(context.eval),
          m_nullOnError(context.nullOnError),
          m_counts(context.instance == 0),
          m_inputs(context.inputs.front().type.schema->size()),
          m_eventTime(context.inputs.front().type.eventTime),
          m_model(std::move(model)),
          m_fitted(m_model->newest()) {
        for (std::size_t i = 0; i < plan.columns.size(); ++i) {
            const std::size_t column = m_inputs + i;
            if (column >= context.wanted.size() || context.wanted[column]) m_wanted.push_back(i);
        }
        const std::size_t last = m_inputs + plan.columns.size();
        m_explains = plan.explain && (last >= context.wanted.size() || context.wanted[last]);
    }

    Status onBatch(int, const Batch& batch, Output& out) override {
        if (FittedRef model = m_model->beforeRows()) m_fitted = std::move(model);
        m_batch = batch;
        m_from = 0;
        m_pending = true;
        return resume(out);
    }

    bool hasMore() const override { return m_pending; }

    /// A large model takes a batch in several calls.
    Status resume(Output& out) override {
        RW_TRY_ASSIGN(const std::size_t alike, choose());
        const FittedRef model = m_fitted;
        const std::size_t steps = model->model->rowCost() * (m_explains ? 4 : 1);
        const std::size_t most = std::max(Model::kTile, kStepsOfCall / std::max<std::size_t>(steps, 1));
        const std::size_t rows = std::min(most, alike);
        const bool whole = rows == m_batch.rows;
        const Batch some = whole ? std::exchange(m_batch, {}) : m_batch.slice(m_from, rows);
        m_from += rows;
        m_pending = !whole && m_from < m_batch.rows;
        if (!m_pending) m_batch = {};
        return scoreRows(*model, some, out);
    }

    void onBarrier(std::uint64_t checkpoint) override { m_fitted = m_model->atBarrier(checkpoint); }

    std::vector<Text> takeNotes() override { return m_model->takeNotes(); }

    StateSize stateSize() const override {
        return {m_counts ? m_model->newest()->model->memoryBytes() : 0, 0};
    }

 private:
    /// Chooses the model of the next row; gives how many rows have it.
    Result<std::size_t> choose() {
        const LookupBy by = m_model->by();
        const std::size_t rows = m_batch.rows - m_from;
        if (by == LookupBy::Nothing || rows == 0) return rows;
        RW_TRY_ASSIGN(m_fitted, m_model->at(momentOf(by, m_batch, m_from, m_eventTime)));
        if (by == LookupBy::Arrival) return rows;
        const std::size_t most = std::min(rows, kMomentsOfCall);
        std::size_t alike = 1;
        for (; alike < most; ++alike) {
            const Instant moment = momentOf(by, m_batch, m_from + alike, m_eventTime);
            RW_TRY_ASSIGN(const FittedRef model, m_model->at(moment));
            if (model != m_fitted) break;
        }
        return alike;
    }

    Status scoreRows(const Fitted& fitted, const Batch& batch, Output& out) {
        RowFailures failures;
        const Features features = readFeatures(fitted, batch, failures);
        Batch result = batch;
        result.schema = m_plan.schema;
        result.columns.resize(m_plan.schema->size());
        std::vector<std::size_t> outputs;
        for (const std::size_t column : m_wanted) outputs.push_back(fitted.outputs[column]);
        std::vector<ColumnRef> columns;
        RW_TRY(fitted.model->score(features, outputs, columns));
        for (std::size_t i = 0; i < m_wanted.size(); ++i)
            result.columns[m_inputs + m_wanted[i]] = std::move(columns[i]);
        if (m_explains) {
            fitted.model->contributions(features, m_contributions);
            result.columns.back() = contributionTexts(fitted.model->head(), m_contributions);
        }
        if (!failures.empty() && m_nullOnError) {
            for (std::size_t i = m_inputs; i < result.columns.size(); ++i) {
                if (result.columns[i]) result.columns[i] = withNulls(*result.columns[i], failures.errors());
            }
        } else if (!failures.empty()) {
            RW_TRY(failures.reject(batch, out));
            result = result.select(failures.others(batch.rows));
        }
        out.emit(0, std::move(result));
        return {};
    }

    /// In the order of the model's inputs. Rows without a feature that they need are failures.
    Features readFeatures(const Fitted& fitted, const Batch& batch, RowFailures& failures) {
        Features features;
        features.rows = batch.rows;
        const std::vector<ModelInput>& inputs = fitted.model->head().inputs;
        m_values.resize(inputs.size());
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const std::size_t feature = fitted.features[i];
            const sql::Vector read = sql::evaluate(*m_plan.features[feature], batch, m_eval);
            if (!m_nullOnError) failures.add(read);
            std::vector<double>& values = m_values[i];
            values.resize(batch.rows);
            if (read.constant) {
                std::fill(values.begin(), values.end(), read.at<double>(0));
            } else {
                std::ranges::copy(read.column->values<double>(), values.begin());
            }
            impute(inputs[i], m_plan.names[feature], read, values, failures);
            features.columns.emplace_back(values);
        }
        return features;
    }

    void impute(const ModelInput& input, const std::string& name, const sql::Vector& read,
                std::vector<double>& values, RowFailures& failures) const {
        static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        const double instead = m_plan.impute == Impute::Mean      ? input.mean.value_or(0)
                               : m_plan.impute == Impute::Missing ? kNone
                                                                  : 0;
        sql::RowErrors missing;
        for (std::size_t row = 0; row < values.size(); ++row) {
            if (!read.isNull(row) && !std::isnan(values[row])) continue;
            values[row] = instead;
            if (m_plan.impute != Impute::None) continue;
            missing.push_back(
                {static_cast<std::uint32_t>(row),
                 RW_TEXT("score", "The feature “%1” is %2.").with(name, read.isNull(row) ? "NULL" : "NaN")});
        }
        if (!missing.empty()) failures.add(missing);
    }

    const ScorePlan& m_plan;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    const bool m_counts;         ///< the memory of the model, which all instances share
    const std::size_t m_inputs;  ///< columns of the input
    const int m_eventTime;       ///< of the input: a column, or -1
    const std::shared_ptr<RunModel> m_model;
    FittedRef m_fitted;                   ///< of the rows that come
    std::vector<std::size_t> m_wanted{};  ///< of ScorePlan::columns, those that are read below
    bool m_explains = false;
    Batch m_batch{};  ///< what is left of a batch begins at m_from
    std::size_t m_from = 0;
    bool m_pending = false;
    // Of one call; kept for their memory
    std::vector<std::vector<double>> m_values{};
    Contributions m_contributions{};
};

}  // namespace

Result<std::unique_ptr<Operator>> makeScoreOperator(const ScorePlan& plan, const MakeContext& context,
                                                    const std::shared_ptr<const Files>& files) {
    const auto model = context.scope->shared<RunModel>(
        "score model of " + context.node, [&] { return std::make_shared<RunModel>(plan, context, files); });
    RW_TRY(model->load());
    return std::unique_ptr<Operator>(std::make_unique<Score>(plan, context, model));
}

}  // namespace rw::score
