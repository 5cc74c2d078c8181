#include "core/deploy/score_query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/deploy/dialect/writer.h"
#include "core/deploy/score_links.h"
#include "core/deploy/score_model.h"
#include "core/deploy/score_sums.h"
#include "core/score/bound_score.h"

namespace rw {

namespace {

/// A feature of the node in the engine's words.
struct Feature {
    std::string text{};
    bool isDouble = false;  ///< it may be NaN
    bool isColumn = false;
};

/// Features with `*` put in, in the order of ScorePlan::names.
std::vector<Feature> featuresOf(NodeForm& form) {
    const SchemaRef& input = form.input().schema;
    const auto add = [&form](std::vector<Feature>& all, const std::string& text, Type type, bool column) {
        const Type number = Type::of(TypeId::Double);
        all.push_back(
            {writeConversion(form.dialect(), {text}, type, number, false).text, type == number, column});
    };
    std::vector<Feature> all;
    const std::vector<std::string> texts = form.params().list("features");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const sql::Scope scope{input};
        const NodeForm::Item item = form.item("features", static_cast<int>(i), scope);
        const auto typed = sql::typeSelectItem(texts[i], scope);
        if (item.text.empty()) {
            for (const Field& field : input->fields) add(all, form.quoted(field.name), field.type, true);
        } else if (const auto* const entry = std::get_if<sql::TypedItem>(&typed)) {
            add(all, item.text, entry->value.type(), item.column >= 0);
        }
    }
    return all;
}

/// So that no column begins so.
std::string freeBeginning(const Schema& schema) {
    std::string own = "$score_";
    const auto taken = [&own](const Field& field) { return field.name.starts_with(own); };
    while (std::any_of(schema.fields.begin(), schema.fields.end(), taken)) own += "_";
    return own;
}

/// Whether no sum of the trees' leaves is infinite.
bool sumsAreFinite(const score::TreeNumbers& numbers) {
    const auto add = [](double sum, double value) { return sum + std::abs(value); };
    const double most =
        std::accumulate(numbers.values.begin(), numbers.values.end(),
                        std::accumulate(numbers.base.begin(), numbers.base.end(), 0.0, add), add);
    return most < static_cast<double>(std::numeric_limits<float>::max());
}

class QueryWriter {
 public:
    QueryWriter(NodeForm& form, const score::Fitted& fitted, const ScoreEngine& engine)
        : m_form(form),
          m_fitted(fitted),
          m_model(static_cast<const score::OwnModel&>(*fitted.model)),
          m_plan(static_cast<const score::BoundScore&>(form.bound()).plan),
          m_words{form.dialect(), engine, freeBeginning(*m_plan.schema)} {}

    ScoreQuery write() {
        m_query.own = m_words.own;
        readFeatures();
        if (const auto* const linear = dynamic_cast<const score::LinearModel*>(&m_model)) {
            scale(linear->numbers());
            take(linearSums(linear->numbers(), m_x, m_words));
        } else {
            const score::TreeNumbers& numbers = static_cast<const score::TreeModel&>(m_model).numbers();
            take(treeSums(numbers, m_x, m_model.head().floats, m_plan.impute == score::Impute::Missing,
                          m_words));
            m_finite = sumsAreFinite(numbers);
        }
        skipUnknown();
        addOutputs();
        return std::move(m_query);
    }

 private:
    std::vector<std::string> add(std::string name, std::vector<std::string> expressions,
                                 std::string_view kind) {
        ScoreStep step{.name = std::move(name)};
        std::vector<std::string> columns;
        for (std::size_t i = 0; i < expressions.size(); ++i) {
            columns.push_back(m_words.column(kind, i));
            step.columns.push_back(ScoreWords::as(expressions[i], columns.back()));
        }
        m_query.steps.push_back(std::move(step));
        return columns;
    }

    void take(ScoreSums sums) {
        m_sums = m_query.steps.size();
        for (ScoreStep& step : sums.steps) m_query.steps.push_back(std::move(step));
        m_raws = std::move(sums.columns);
    }

    /// Columns of the model's inputs, NULL where a feature is missing: NULL or NaN.
    void readFeatures() {
        std::vector<Feature> features = featuresOf(m_form);
        ScoreStep computed{.name = "computed"};
        for (std::size_t i = 0; i < features.size(); ++i) {
            Feature& feature = features[i];
            if (!feature.isDouble || feature.isColumn) continue;
            const std::string column = m_words.column("f", i);
            computed.columns.push_back(ScoreWords::as(feature.text, column));
            feature.text = column;
        }
        if (!computed.columns.empty()) m_query.steps.push_back(std::move(computed));
        std::vector<std::string> inputs;
        for (std::size_t i = 0; i < m_fitted.features.size(); ++i)
            inputs.push_back(inputOf(features[m_fitted.features[i]], m_model.head().inputs[i]));
        m_x = add("features", std::move(inputs), "x");
    }

    std::string inputOf(const Feature& feature, const score::ModelInput& input) const {
        std::string instead;
        if (m_plan.impute == score::Impute::Mean) instead = m_words.number(input.mean.value_or(0));
        if (m_plan.impute == score::Impute::Zero) instead = m_words.number(0);
        std::string text = feature.text;
        if (feature.isDouble) {
            text = "CASE WHEN " + m_words.engine.known(text) + " THEN " + text +
                   (instead.empty() ? " END" : " ELSE " + instead + " END");
        } else if (!instead.empty()) {
            text = "COALESCE(" + text + ", " + instead + ")";
        }
        const bool linear = dynamic_cast<const score::LinearModel*>(&m_model) != nullptr;
        return linear && m_model.head().floats ? ScoreWords::rounded(text) : text;
    }

    void scale(const score::LinearNumbers& numbers) {
        if (numbers.scales.empty()) return;
        std::vector<std::string> scaled;
        for (std::size_t i = 0; i < m_x.size(); ++i)
            scaled.push_back(fmt::format("({} - ({})) / {}", m_x[i], m_words.number(numbers.means[i]),
                                         m_words.number(numbers.scales[i])));
        m_known = m_x;
        m_x = add("scaled", std::move(scaled), "z");
    }

    /// Rows without a feature are not scored: they do not go on, or have NULL.
    void skipUnknown() {
        if (m_plan.impute != score::Impute::None) return;
        std::vector<std::string> tests;
        for (const std::string& x : m_known.empty() ? m_x : m_known) tests.push_back(x + " IS NOT NULL");
        const std::string all = fmt::format("{}", fmt::join(tests, " AND "));
        m_nullable = m_form.params().text("on_error") == "null";
        if (!m_nullable) {
            m_query.steps[m_sums].rows = all;
            return;
        }
        std::vector<std::string> raws;
        for (const std::string& raw : m_raws) raws.push_back("CASE WHEN " + all + " THEN " + raw + " END");
        m_raws = add("scored", std::move(raws), "r");
    }

    void addOutputs() {
        ScoreLinks links(m_model, m_raws, m_finite, m_nullable, m_words);
        for (std::size_t i = 0; i < m_fitted.outputs.size(); ++i) {
            const std::string output = links.output(m_model.head().outputs[m_fitted.outputs[i]]);
            m_query.outputs.push_back(ScoreWords::as(output, m_form.quoted(m_plan.columns.fields[i].name)));
        }
        for (ScoreStep& step : links.takeSteps()) m_query.steps.push_back(std::move(step));
        if (!links.usesExp()) return;
        if (m_model.floats()) {
            m_form.find(Verdict::Approximated,
                        RW_TEXT("deploy",
                                "The model computes its results with 32 bits: their seventh digit may "
                                "differ."));
        } else {
            m_form.find(Verdict::Equivalent, RW_TEXT("deploy", "The last digits of the result may differ."));
        }
    }

    NodeForm& m_form;
    const score::Fitted& m_fitted;
    const score::OwnModel& m_model;
    const score::ScorePlan& m_plan;
    const ScoreWords m_words;
    ScoreQuery m_query{};
    std::vector<std::string> m_x{};      ///< columns of the inputs, scaled
    std::vector<std::string> m_known{};  ///< the same before, where they are scaled
    std::vector<std::string> m_raws{};
    std::size_t m_sums = 0;  ///< the first step of the sums
    bool m_finite = false, m_nullable = false;
};

/// What is the same for all models. True: it is refused.
bool findDifferences(NodeForm& form) {
    const score::ScorePlan& plan = static_cast<const score::BoundScore&>(form.bound()).plan;
    if (plan.explain)
        form.find(Verdict::Refused, RW_TEXT("deploy", "The engine's SQL computes no contributions."),
                  "explain")
            .fix = RW_TEXT("deploy", "Turn “Contributions” off, or run this node here.");
    if (plan.reload)
        form.when(RW_TEXT("deploy", "the file of the model stays as it was when this was written")).param =
            "reload";
    if (form.params().text("on_error") == "fail") form.when(RW_TEXT("deploy", "no row fails"));
    return plan.explain;
}

}  // namespace

std::optional<ScoreQuery> scoreQuery(NodeForm& form, const ScoreEngine& engine) {
    const bool refused = findDifferences(form);
    const score::FittedRef fitted = scoreModel(form, engine);
    if (refused || fitted == nullptr) return std::nullopt;
    ScoreQuery query = QueryWriter(form, *fitted, engine).write();
    constexpr std::size_t kShown = 12;
    query.note = "model of SHA-256 " + fitted->sha256.substr(0, kShown) + "…";
    return query;
}

}  // namespace rw
