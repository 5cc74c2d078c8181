// classify: the likeliest class of each row, by a model that learns from the classes of the rows so far.
#include <charconv>
#include <cmath>
#include <map>

#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/class_notes.h"
#include "core/nodes/learning/learning_params.h"
#include "core/nodes/learning/model_methods.h"
#include "core/stream/operator.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

struct ClassPlan {
    std::size_t mostClasses = 20;
    std::uint64_t every = 1'000;  ///< rows with a class between two rows of metrics
    std::map<std::string, double, std::less<>> weights{};
};

/// What it makes, by their numbers in MadeRows.
enum ClassMade : std::size_t { kPredicted = 0, kMetrics = 1, kConfusion = 2 };

class ClassOutput final : public learn::LearningOutput {
 public:
    explicit ClassOutput(std::shared_ptr<const ClassPlan> plan) : m_plan(std::move(plan)) {}

    std::unique_ptr<learn::KeyNotes> makeNotes() const override {
        return std::make_unique<ClassNotes>(m_plan->mostClasses, static_cast<double>(m_plan->every));
    }

    bool encode(learn::LearningRow& row, std::span<double>) override {
        m_known = notesOf(row).classes().size();
        if (!row.hasLabel) return true;
        if (const auto number = notesOf(row).numberOf(row.label))
            row.example.target = static_cast<double>(*number);
        const auto weight = m_plan->weights.find(row.label);
        if (weight != m_plan->weights.end()) row.example.weight = weight->second;
        return true;
    }

    /// A class is told of rows behind the first of it.
    void hide(std::span<double> outputs) override {
        for (std::size_t i = m_known; i < outputs.size(); ++i) outputs[i] = learn::kUnknown;
    }

    void scored(const learn::LearningRow& row, learn::MadeRows& made) override {
        learn::RowMaker& out = made.begin(kPredicted);
        const ClassNotes& notes = notesOf(row);
        const auto best = notes.likeliest(row.outputs);
        if (best) {
            out.text(notes.classes()[*best]).number(row.outputs[*best]);
        } else {
            out.null().null();
        }
    }

    void labelled(const learn::LearningRow& row, learn::MadeRows& made) override {
        ClassNotes& notes = notesOf(row);
        const auto best = notes.likeliest(row.outputs);
        if (!best) return;
        const auto actual = static_cast<std::size_t>(row.example.target);
        // Like the model, it is asked before it knows the row.
        made.judge(Quality::Kind::Accuracy, actual == *best ? 1 : 0, actual == notes.commonest() ? 1 : 0);
        notes.count(actual, *best, row.outputs);
        if (notes.counted() % m_plan->every == 0) tell(notes, made);
    }

 private:
    static ClassNotes& notesOf(const learn::LearningRow& row) { return static_cast<ClassNotes&>(*row.notes); }

    static void tell(const ClassNotes& notes, learn::MadeRows& made) {
        made.begin(kMetrics)
            .integer(static_cast<std::int64_t>(notes.counted()))
            .number(notes.accuracy())
            .number(notes.logLoss())
            .number(notes.areaUnderCurve());
        const auto& classes = notes.classes();
        for (std::size_t actual = 0; actual < classes.size(); ++actual) {
            for (std::size_t predicted = 0; predicted < classes.size(); ++predicted) {
                made.begin(kConfusion)
                    .text(classes[actual])
                    .text(classes[predicted])
                    .integer(static_cast<std::int64_t>(notes.confused(actual, predicted)));
            }
        }
    }

    const std::shared_ptr<const ClassPlan> m_plan;
    std::size_t m_known = 0;  ///< classes of the key before the row under way
};

const std::vector<ModelMethod>& classMethods() {
    static const std::vector<ModelMethod> kMethods{
        {"logistic", RW_TEXT("classify", "Logistic regression"), "logistic", {"learning_rate", "l2"}},
        {"ftrl", RW_TEXT("classify", "FTRL-proximal"), "ftrl_logistic", {"alpha", "l1", "l2"}},
        {"naive_bayes", RW_TEXT("classify", "Naive Bayes"), "naive_bayes", {}}};
    return kMethods;
}

LearningPorts classPorts() {
    return {
        {{"metrics", RW_TEXT("learning", "metrics")}, {"confusion", RW_TEXT("classify", "confusion matrix")}},
        true,
        {}};
}

/// “class_weights”: numbers as text, by the names of classes.
bool bindWeights(BindContext& context, ClassPlan& plan) {
    for (const auto& [name, value] : context.json("class_weights").items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : std::string();
        double weight = -1;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), weight);
        if (wrong != std::errc() || end != text.data() + text.size() || !(weight >= 0 && weight <= 1e6)) {
            context.error("class_weights",
                          RW_TEXT("classify", "“%1” is no weight for class “%2”.").with(text, name),
                          RW_TEXT("classify", "Give a number from 0 to 1000000: 2.5."));
            return false;
        }
        plan.weights[name] = weight;
    }
    return true;
}

BoundNodeRef bindClassify(BindContext& context) {
    LearningBinder binder(context, classPorts());
    auto plan = std::make_shared<ClassPlan>();
    plan->mostClasses = static_cast<std::size_t>(context.integer("max_classes"));
    plan->every = static_cast<std::uint64_t>(context.integer("every"));
    if (!binder.bindInputs() || !binder.bindFeatures(1, kMostFeatures) || !binder.bindLabel("label") ||
        !bindWeights(context, *plan)) {
        return nullptr;
    }
    const ModelMethod& method = chosenMethod(context, classMethods());
    learn::ModelOptions options = optionsOf(context, method);
    options.set("classes", static_cast<double>(plan->mostClasses));
    binder.setModel(method.model, options);
    binder.plan().output = [plan] { return std::make_unique<ClassOutput>(plan); };
    const Type text = Type::of(TypeId::String), number = Type::of(TypeId::Double),
               count = Type::of(TypeId::Bigint);
    binder.make(0, learn::MadePrefix::Row, {{"predicted", text}, {"probability", number}});
    binder.make(1, learn::MadePrefix::Keys,
                {{"rows", count}, {"accuracy", number}, {"log_loss", number}, {"auc", number}});
    binder.make(2, learn::MadePrefix::Keys, {{"actual", text}, {"predicted", text}, {"rows", count}});
    const std::string keys = listText(context, "keys");
    const std::string label = context.text("label");
    return binder.finish(keys.empty()
                             ? RW_TEXT("classify", "%1 by %2").with(label, method.label)
                             : RW_TEXT("classify", "%1 by %2 · by %3").with(label, method.label, keys));
}

std::vector<ParamSpec> classParams() {
    ParamSpec label =
        targetParam("label", RW_TEXT("classify", "Label"),
                    RW_TEXT("classify",
                            "The column with the class of a row, of any type but BYTES. NULL: it is "
                            "not known, and the row is only scored."),
                    "label");
    label.section = RW_TEXT("classify", "Classes");
    ParamSpec most = makeParam("max_classes", ParamKind::Integer, RW_TEXT("classify", "Classes at most"),
                               RW_TEXT("classify",
                                       "Rows of further classes are only scored. With 2, one model decides "
                                       "between both; with more, each class has one against the others."),
                               20);
    most.min = 2;
    most.max = 1'000;
    ParamSpec weights = makeParam("class_weights", ParamKind::StringMap, RW_TEXT("classify", "Class weights"),
                                  RW_TEXT("classify",
                                          "How many rows a row of a class counts for when it is learnt. Rare "
                                          "classes that matter get more than 1."),
                                  Json::object());
    weights.advanced = true;
    ParamSpec every = makeParam("every", ParamKind::Integer, RW_TEXT("classify", "Metrics every"),
                                RW_TEXT("classify",
                                        "After so many rows of a key whose class was known, a row leaves by "
                                        "`metrics`, and the counts by `confusion`. In the metrics, a row "
                                        "counts half after as many further ones."),
                                1'000);
    every.min = 1;
    every.max = 1e9;
    every.unit = RW_TEXT("learning", "rows");
    std::vector<ParamSpec> params{
        std::move(label), featuresParam(),
        methodParam(classMethods(),
                    RW_TEXT("classify",
                            "`logistic`: a linear model, learnt by gradient descent. `ftrl`: the "
                            "same with a learning rate for each feature, for many features of "
                            "which few matter. `naive_bayes`: in each class every feature is "
                            "normally distributed."))};
    for (ParamSpec& param : optionParams(classMethods())) params.push_back(std::move(param));
    params.push_back(std::move(most));
    params.push_back(std::move(weights));
    params.push_back(std::move(every));
    for (ParamSpec& param : learningParams(classPorts(), 0, "running")) params.push_back(std::move(param));
    return params;
}

}  // namespace

NodeKind classifyKind() {
    NodeKind kind;
    kind.type = "classify";
    kind.name = RW_TEXT("classify", "Classify");
    kind.palette = {{kind.name, RW_TEXT("classify", "The likeliest class of each row"), "classify"}};
    kind.ports = [](const Json& params) { return learningPorts(params, classPorts()); };
    Ports ports = kind.ports(Json::object());
    kind.inputs = std::move(ports.inputs);
    kind.outputs = std::move(ports.outputs);
    kind.params = classParams();
    kind.bind = bindClassify;
    kind.checkFiles = checkLearningFiles;
    kind.make = makeLearning;
    kind.takes = NodeRequest::ResetModel;
    return kind;
}

}  // namespace rw
