// forecast: what comes next of a series, step by step, with a band; and how it came.
#include <algorithm>
#include <cmath>

#include "core/base/time.h"
#include "core/learn/models/known_models.h"
#include "core/learn/models/stepped_forecaster.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/forecast_notes.h"
#include "core/nodes/learning/learning_params.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::int64_t kMostSteps = 1'000, kLongestSeason = 10'000;
constexpr std::size_t kForecasts = 0, kScored = 1;  // in LearningPlan::made

class ForecastOutput final : public learn::LearningOutput {
 public:
    ForecastOutput(std::size_t horizon, std::uint64_t every, double coverage)
        : m_horizon(horizon), m_every(every), m_width(learn::bandWidth(coverage)) {}

    std::unique_ptr<learn::KeyNotes> makeNotes() const override {
        return std::make_unique<ForecastNotes>(m_horizon);
    }

    void scored(const learn::LearningRow&, learn::MadeRows&) override {}

    void passed(const learn::LearningRow& row, learn::MadeRows& made) override {
        const auto& model = static_cast<const learn::SteppedForecaster&>(*row.model);
        if (!model.closed()) return;
        auto& notes = static_cast<ForecastNotes&>(*row.notes);
        compare(*model.closed(), notes, made);
        notes.forgetBefore(model.closed()->number + 1);
        if (row.warm && (model.closed()->number + 1) % m_every == 0)
            issue(model, row.example.time, notes, made);
    }

    std::size_t cost() const override { return 2; }

 private:
    /// The forecasts that were made for a step, with what it was.
    void compare(const learn::ClosedStep& closed, const ForecastNotes& notes, learn::MadeRows& made) {
        for (const IssuedForecasts& issued : notes.issued()) {
            if (closed.number <= issued.step || closed.number - issued.step > m_horizon) continue;
            const std::size_t ahead = closed.number - issued.step;
            const learn::Forecast& told = issued.steps[ahead - 1];
            learn::RowMaker& out = made.begin(kScored);
            out.time(issued.time).integer(static_cast<std::int64_t>(ahead)).time(closed.start);
            band(told, out);
            out.number(closed.value).number(closed.value - told.mean);
            if (!(told.deviation >= 0)) continue;
            const bool inside = std::fabs(closed.value - told.mean) <= m_width * told.deviation;
            made.judge(Quality::Kind::Coverage, inside ? 1 : 0);
        }
    }

    void issue(const learn::SteppedForecaster& model, Instant time, ForecastNotes& notes,
               learn::MadeRows& made) {
        const learn::ClosedStep& closed = *model.closed();
        IssuedForecasts issued{closed.number, time, closed.start, closed.length};
        issued.steps.resize(m_horizon);
        model.forecast(issued.steps);
        for (const learn::Forecast& step : issued.steps) {
            if (!std::isfinite(step.mean)) return;  // it says nothing yet
        }
        for (std::size_t ahead = 1; ahead <= m_horizon; ++ahead) {
            learn::RowMaker& out = made.begin(kForecasts);
            out.integer(static_cast<std::int64_t>(ahead));
            closed.length > 0 ? out.time(issued.startOf(ahead)) : out.null();
            band(issued.steps[ahead - 1], out);
        }
        notes.add(std::move(issued));
    }

    void band(const learn::Forecast& told, learn::RowMaker& out) const {
        const double half = m_width * told.deviation;
        out.number(told.mean).number(told.mean - half).number(told.mean + half);
    }

    const std::size_t m_horizon;
    const std::uint64_t m_every;
    const double m_width;
};

LearningPorts forecastPorts() {
    return {{{"scored", RW_TEXT("forecast", "forecasts that came")}}, false, {}};
}

void setModel(LearningBinder& binder) {
    const BindContext& context = binder.context();
    const std::string method = context.text("method");
    const double season = static_cast<double>(context.integer("season"));
    learn::ModelOptions options{{"season", season},
                                {"alpha", context.number("alpha")},
                                {"beta", context.number("beta")},
                                {"gamma", context.number("gamma")},
                                {"halfLife", context.number("half_life")}};
    const char* name = method == "linear" ? "linear_trend" : method == "last" ? "last_value" : "holt_winters";
    const Millis step = context.has("step") ? context.duration("step") : 0;
    options.set("step", static_cast<double>(step));
    binder.setModel(name, options);
    binder.plan().model = learn::stepped(binder.plan().model, step);
}

/// Whether a key's forecasts that are under way are not too many.
bool checkAmount(BindContext& context, std::size_t horizon, std::uint64_t every) {
    if ((horizon / every + 1) * horizon <= ForecastNotes::kMostForecasts) return true;
    context.error("every",
                  RW_TEXT("forecast", "More than %1 forecasts of a key would wait for their steps.")
                      .with(ForecastNotes::kMostForecasts),
                  RW_TEXT("forecast", "Forecast fewer steps ahead, or less often."));
    return false;
}

Text forecastText(const BindContext& context) {
    const std::string keys = listText(context, "keys"), value = context.text("value");
    const Text method = context.choice("method");
    const std::int64_t steps = context.integer("horizon");
    return keys.empty()
               ? RW_TEXT("forecast", "%1, %2 steps ahead · %3").with(value, steps, method)
               : RW_TEXT("forecast", "%1, %2 steps ahead · %3 · by %4").with(value, steps, method, keys);
}

BoundNodeRef bindForecast(BindContext& context) {
    LearningBinder binder(context, forecastPorts());
    if (!binder.bindInputs() || !binder.bindValue("value")) return nullptr;
    const auto horizon = static_cast<std::size_t>(context.integer("horizon"));
    const auto every = static_cast<std::uint64_t>(std::max<std::int64_t>(context.integer("every"), 1));
    if (!checkAmount(context, horizon, every)) return nullptr;
    setModel(binder);
    binder.plan().output = [horizon, every, coverage = context.number("level") / 100] {
        return std::make_unique<ForecastOutput>(horizon, every, coverage);
    };
    const Type number = Type::of(TypeId::Double), time = Type::of(TypeId::Timestamp);
    const std::vector<Field> told{{"step", Type::of(TypeId::Bigint)},
                                  {"for_time", time},
                                  {"forecast", number},
                                  {"low", number},
                                  {"high", number}};
    std::vector<Field> came{{"issued", time}};
    came.insert(came.end(), told.begin(), told.end());
    came.insert(came.end(), {{"actual", number}, {"error", number}});
    binder.make(0, learn::MadePrefix::Keys, told);
    binder.make(1, learn::MadePrefix::Keys, came);
    return binder.finish(forecastText(context));
}

ParamSpec shareParam(std::string name, Text label, Text help, double otherwise) {
    ParamSpec share =
        makeParam(std::move(name), ParamKind::Number, std::move(label), std::move(help), otherwise);
    share.min = 0;
    share.max = 1;
    share.appliesWhen = AppliesWhen{"method", {"holt_winters"}};
    return share;
}

std::vector<ParamSpec> forecastMethodParams() {
    ParamSpec method =
        makeParam("method", ParamKind::Choice, RW_TEXT("forecast", "Method"),
                  RW_TEXT("forecast",
                          "`holt_winters`: a level, a trend and a season, each smoothed exponentially. "
                          "`linear`: the least-squares line. `last`: the last value again, or that of a "
                          "season ago."),
                  "holt_winters");
    method.choices = {{"holt_winters", RW_TEXT("forecast", "Holt-Winters")},
                      {"linear", RW_TEXT("forecast", "Linear trend")},
                      {"last", RW_TEXT("forecast", "Last value")}};
    ParamSpec season =
        makeParam("season", ParamKind::Integer, RW_TEXT("forecast", "Season"),
                  RW_TEXT("forecast",
                          "So many steps after which the series repeats: 24 for days of hourly "
                          "steps. 0: it does not."),
                  0);
    season.min = 0;
    season.max = static_cast<double>(kLongestSeason);
    season.unit = RW_TEXT("forecast", "steps");
    season.appliesWhen = AppliesWhen{"method", {"holt_winters", "last"}};
    ParamSpec alpha = shareParam("alpha", RW_TEXT("forecast", "Weight of the level"),
                                 RW_TEXT("forecast",
                                         "How much of an error goes into the level: nearer 1 follows the "
                                         "values, nearer 0 smooths them."),
                                 0.3);
    ParamSpec beta = shareParam("beta", RW_TEXT("forecast", "Weight of the trend"),
                                RW_TEXT("forecast",
                                        "How much of a change of the level goes into the trend. 0: there is "
                                        "no trend."),
                                0.05);
    ParamSpec gamma =
        shareParam("gamma", RW_TEXT("forecast", "Weight of the season"),
                   RW_TEXT("forecast", "How much of an error goes into its place of the season."), 0.1);
    ParamSpec halfLife = makeParam("half_life", ParamKind::Number, RW_TEXT("forecast", "Half-life"),
                                   RW_TEXT("forecast",
                                           "So many steps ago, a value counts half of the newest for the "
                                           "line. 0: all values count alike."),
                                   0);
    halfLife.min = 0;
    halfLife.max = 1e9;
    halfLife.unit = RW_TEXT("forecast", "steps");
    halfLife.appliesWhen = AppliesWhen{"method", {"linear"}};
    return {std::move(method), std::move(season), std::move(alpha),
            std::move(beta),   std::move(gamma),  std::move(halfLife)};
}

std::vector<ParamSpec> stepParams() {
    ParamSpec step = makeParam("step", ParamKind::Duration, RW_TEXT("forecast", "Step"),
                               RW_TEXT("forecast",
                                       "The rows of so long a span are one step, whose value is their mean. "
                                       "Empty: each row is a step, whenever it comes."));
    step.min = 1;
    step.section = RW_TEXT("forecast", "Steps");
    ParamSpec horizon = makeParam("horizon", ParamKind::Integer, RW_TEXT("forecast", "Horizon"),
                                  RW_TEXT("forecast", "So many steps are forecast: a row for each."), 10);
    horizon.min = 1;
    horizon.max = static_cast<double>(kMostSteps);
    horizon.unit = RW_TEXT("forecast", "steps");
    ParamSpec every = makeParam("every", ParamKind::Integer, RW_TEXT("forecast", "Every"),
                                RW_TEXT("forecast", "Forecasts are made after so many steps of a key."), 1);
    every.min = 1;
    every.max = 1e9;
    every.unit = RW_TEXT("forecast", "steps");
    ParamSpec level =
        makeParam("level", ParamKind::Number, RW_TEXT("forecast", "Band"),
                  RW_TEXT("forecast",
                          "The share of values, in percent, that are expected between `low` and `high`, if "
                          "errors are normally distributed."),
                  90);
    level.min = 1;
    level.max = 99.99;
    return {std::move(step), std::move(horizon), std::move(every), std::move(level)};
}

std::vector<ParamSpec> forecastParams() {
    std::vector<ParamSpec> params{targetParam(
        "value", RW_TEXT("forecast", "Value"),
        RW_TEXT("forecast", "The column with the values of the series. A row with NULL fails."), "numeric")};
    params.front().section = RW_TEXT("forecast", "Forecast");
    for (ParamSpec& param : forecastMethodParams()) params.push_back(std::move(param));
    for (ParamSpec& param : stepParams()) params.push_back(std::move(param));
    // The values are forecast as they are.
    for (ParamSpec& param : learningParamsWithout({"scale", "impute", "learn", "seed"}, forecastPorts(), 0))
        params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind forecastKind() {
    NodeKind kind;
    kind.type = "forecast";
    kind.name = RW_TEXT("forecast", "Forecast");
    kind.palette = {{kind.name, RW_TEXT("forecast", "What comes next, with a band"), "forecast"}};
    kind.ports = [](const Json& params) { return learningPorts(params, forecastPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = forecastParams();
    kind.bind = bindForecast;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
