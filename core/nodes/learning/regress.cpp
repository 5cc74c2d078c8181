// regress: a number predicted for each row, by a linear model that learns from those of the rows so far.
#include <cmath>

#include "core/learn/learning_output.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/learning_params.h"
#include "core/nodes/learning/model_methods.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// How well a key's targets were predicted; older rows count less and less.
class ErrorNotes final : public learn::KeyNotes {
 public:
    void count(double error, double fading) {
        ++m_counted;
        m_weight = m_weight * fading + 1;
        m_absolute = m_absolute * fading + std::fabs(error);
        const double squares = m_squares * fading + error * error;
        if (std::isfinite(squares)) m_squares = squares;
    }
    std::uint64_t counted() const { return m_counted; }
    double meanAbsolute() const { return m_absolute / m_weight; }
    double rootMeanSquare() const { return std::sqrt(m_squares / m_weight); }

    void visit(learn::ModelFields& fields) override {
        fields.count("counted", m_counted);
        fields.number("weight", m_weight);
        fields.number("absolute", m_absolute);
        fields.number("squares", m_squares);
        if (fields.reads() && (m_weight < 0 || m_absolute < 0 || m_squares < 0))
            fields.broken("sums of errors");
    }
    std::size_t memoryBytes() const override { return sizeof *this; }

 private:
    std::uint64_t m_counted = 0;
    double m_weight = 0, m_absolute = 0, m_squares = 0;
};

class RegressOutput final : public learn::LearningOutput {
 public:
    explicit RegressOutput(std::uint64_t every)
        : m_every(every), m_fading(std::exp2(-1 / static_cast<double>(every))) {}

    std::unique_ptr<learn::KeyNotes> makeNotes() const override { return std::make_unique<ErrorNotes>(); }

    void scored(const learn::LearningRow& row, learn::MadeRows& made) override {
        made.begin(0).number(row.outputs[0]).number(row.example.target - row.outputs[0]);
    }

    void labelled(const learn::LearningRow& row, learn::MadeRows& made) override {
        const double error = row.example.target - row.outputs[0];
        if (!std::isfinite(error)) return;
        auto& notes = static_cast<ErrorNotes&>(*row.notes);
        notes.count(error, m_fading);
        made.judge(Quality::Kind::Error, std::fabs(error));
        if (notes.counted() % m_every != 0) return;
        made.begin(1)
            .integer(static_cast<std::int64_t>(notes.counted()))
            .number(notes.meanAbsolute())
            .number(notes.rootMeanSquare());
    }

 private:
    const std::uint64_t m_every;
    const double m_fading;
};

const std::vector<ModelMethod>& regressMethods() {
    static const std::vector<ModelMethod> kMethods{
        {"linear", RW_TEXT("regress", "Linear regression"), "linear", {"learning_rate", "l2"}},
        {"ftrl", RW_TEXT("regress", "FTRL-proximal"), "ftrl_linear", {"alpha", "l1", "l2"}}};
    return kMethods;
}

LearningPorts regressPorts() {
    return {{{"metrics", RW_TEXT("learning", "metrics")}}, true, {}};
}

BoundNodeRef bindRegress(BindContext& context) {
    LearningBinder binder(context, regressPorts());
    if (!binder.bindInputs() || !binder.bindFeatures(1, kMostFeatures) || !binder.bindTarget("target"))
        return nullptr;
    const ModelMethod& method = chosenMethod(context, regressMethods());
    binder.setModel(method.model, optionsOf(context, method));
    const auto every = static_cast<std::uint64_t>(context.integer("every"));
    binder.plan().output = [every] { return std::make_unique<RegressOutput>(every); };
    const Type number = Type::of(TypeId::Double);
    binder.make(0, learn::MadePrefix::Row, {{"predicted", number}, {"error", number}});
    binder.make(1, learn::MadePrefix::Keys,
                {{"rows", Type::of(TypeId::Bigint)},
                 {"mean_absolute_error", number},
                 {"root_mean_square_error", number}});
    const std::string keys = listText(context, "keys"), target = context.text("target");
    return binder.finish(keys.empty()
                             ? RW_TEXT("regress", "%1 by %2").with(target, method.label)
                             : RW_TEXT("regress", "%1 by %2 · by %3").with(target, method.label, keys));
}

std::vector<ParamSpec> regressParams() {
    ParamSpec target =
        targetParam("target", RW_TEXT("regress", "Target"),
                    RW_TEXT("regress",
                            "The column with the number that is to be predicted. NULL: it is not "
                            "known, and the row is only scored."),
                    "numeric");
    target.section = RW_TEXT("regress", "Regression");
    ParamSpec every = makeParam("every", ParamKind::Integer, RW_TEXT("regress", "Metrics every"),
                                RW_TEXT("regress",
                                        "After so many rows of a key whose target was known, a row leaves by "
                                        "`metrics`. In it, a row counts half after as many further ones."),
                                1'000);
    every.min = 1;
    every.max = 1e9;
    every.unit = RW_TEXT("learning", "rows");
    std::vector<ParamSpec> params{
        std::move(target), featuresParam(),
        methodParam(regressMethods(),
                    RW_TEXT("regress",
                            "`linear`: learnt by gradient descent. `ftrl`: the same with a "
                            "learning rate for each feature, for many features of which few "
                            "matter."))};
    for (ParamSpec& param : optionParams(regressMethods())) params.push_back(std::move(param));
    params.push_back(std::move(every));
    for (ParamSpec& param : learningParams(regressPorts(), 0, "running")) params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind regressKind() {
    NodeKind kind;
    kind.type = "regress";
    kind.name = RW_TEXT("regress", "Regress");
    kind.palette = {{kind.name, RW_TEXT("regress", "A number predicted for each row"), "regress"}};
    kind.ports = [](const Json& params) { return learningPorts(params, regressPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = regressParams();
    kind.bind = bindRegress;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
