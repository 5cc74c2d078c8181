#include "core/nodes/learning/learning_params.h"

#include <algorithm>

#include "core/learn/learning_operator.h"
#include "core/nodes/aggregate_params.h"
#include "core/nodes/learning/learnt_file.h"
#include "core/nodes/learning/saved_models.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

using learn::InputRole;
using learn::LearningInput;

std::vector<ColumnSet> BoundLearning::reads(const std::vector<ColumnSet>& wanted,
                                            const std::vector<StreamType>& inputs) const {
    std::vector<ColumnSet> read;
    for (const LearningInput& input : plan->inputs) read.push_back(learn::lookedAt(input));
    const auto mark = [&](InputRole role, const ColumnSet& columns) {
        for (std::size_t i = 0; i < plan->inputs.size(); ++i) {
            if (plan->inputs[i].role != role) continue;
            for (std::size_t column = 0; column < read[i].size(); ++column)
                read[i][column] = read[i][column] || columns[column];
        }
    };
    for (const learn::MadePort& made : plan->made) {
        if (made.prefix != learn::MadePrefix::Keys)
            mark(made.prefix == learn::MadePrefix::Row ? InputRole::Rows : InputRole::Asks,
                 wanted[static_cast<std::size_t>(made.port)]);
    }
    for (std::size_t i = 0; i < plan->inputs.size(); ++i) {
        const LearningInput& input = plan->inputs[i];
        markLate(wanted[static_cast<std::size_t>(input.late)], *inputs[i].schema, read[i]);
        if (input.unmatched >= 0) mark(input.role, wanted[static_cast<std::size_t>(input.unmatched)]);
    }
    return read;
}

LearningBinder::LearningBinder(BindContext& context, const LearningPorts& own)
    : m_context(context), m_own(own), m_ports(learningPorts(context.node().params, own)) {}

bool LearningBinder::bindInputs() {
    readShared();
    bool good = true;
    for (std::size_t i = 0; i < m_ports.inputs.size(); ++i) {
        const std::string& name = m_ports.inputs[i].name;
        const InputRole role = i == 0              ? InputRole::Rows
                               : name == "labels"  ? InputRole::Labels
                               : name == "control" ? InputRole::Control
                                                   : InputRole::Asks;
        good = bindInput(role, static_cast<int>(i)) && good;
    }
    if (!good) return false;
    for (const int key : m_plan->rows().keys)
        m_plan->keyTypes.push_back(m_plan->rows().type.schema->fields[static_cast<std::size_t>(key)].type);
    m_plan->oneTask = m_plan->resetsAll || m_plan->keyTypes.empty();
    return m_plan->labelWithin == 0 || bindIds();
}

void LearningBinder::readShared() {
    learn::LearningPlan& plan = *m_plan;
    const std::string impute = m_context.text("impute");
    plan.impute = impute == "mean"   ? learn::Impute::Mean
                  : impute == "zero" ? learn::Impute::Zero
                                     : learn::Impute::Error;
    plan.scaled = m_context.text("scale") == "running";
    plan.learns = !m_context.has("learn") || m_context.flag("learn");
    plan.warmUp = static_cast<std::uint64_t>(std::max<std::int64_t>(m_context.integer("warm_up"), 0));
    plan.seed = static_cast<std::uint64_t>(m_context.integer("seed"));
    if (m_context.has("state_ttl")) plan.ttl = m_context.duration("state_ttl");
    plan.resetsAll = m_context.text("control") == "all";
    if (m_context.has("model") && !m_context.text("model").empty()) plan.startsFrom = m_context.path("model");
    if (m_context.has("save_model") && !m_context.text("save_model").empty())
        plan.savesTo = m_context.path("save_model");
    const auto labels = [](const PortSpec& port) { return port.name == "labels"; };
    if (std::any_of(m_ports.inputs.begin(), m_ports.inputs.end(), labels))
        plan.labelWithin = m_context.duration("label_within");
}

LearningInput* LearningBinder::input(InputRole role) {
    const auto found = std::find_if(m_plan->inputs.begin(), m_plan->inputs.end(),
                                    [&](const LearningInput& each) { return each.role == role; });
    return found == m_plan->inputs.end() ? nullptr : &*found;
}

bool LearningBinder::bindInput(InputRole role, int port) {
    if (refuseUpdating(m_context, RW_TEXT("learning", "Learn from the rows before they are aggregated."),
                       port))
        return false;
    LearningInput& input = m_plan->inputs.emplace_back();
    input.role = role;
    input.type = m_context.input(port);
    const std::size_t late = 1 + m_own.outputs.size() + static_cast<std::size_t>(port);
    input.late = static_cast<int>(late);
    if (role == InputRole::Labels)
        input.unmatched = static_cast<int>(1 + m_own.outputs.size() + m_ports.inputs.size());
    const int eventTime = requireEventTime(
        m_context,
        RW_TEXT("learning", "Models learn from rows in the order of their event time; “%1” has none marked."),
        port);
    return bindKeys(input, port) && eventTime >= 0;
}

bool LearningBinder::bindKeys(LearningInput& input, int port) {
    if (input.role == InputRole::Control && m_plan->resetsAll) return true;
    const std::vector<std::string> names = m_context.list("keys");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column =
            requireColumn(m_context, "keys", *input.type.schema, names[i], static_cast<int>(i));
        if (column < 0) return false;
        const std::size_t at = static_cast<std::size_t>(column);
        if (std::find(input.keys.begin(), input.keys.end(), column) != input.keys.end()) {
            Issue& issue = m_context.error(
                "keys", RW_TEXT("learning", "“%1” stands twice among the keys.").with(names[i]),
                RW_TEXT("learning", "Take it out of the keys."));
            issue.item = static_cast<int>(i);
            return false;
        }
        const LearningInput& rows = m_plan->rows();
        if (port > 0 && rows.keys.size() > i &&
            rows.type.schema->fields[static_cast<std::size_t>(rows.keys[i])].type !=
                input.type.schema->fields[at].type) {
            Issue& issue = m_context.error(
                "keys",
                RW_TEXT("learning", "“%1” is not of the same type at the inputs “in” and “%2”.")
                    .with(names[i], m_context.portName(port)),
                RW_TEXT("learning", "Convert it by a select before this node."));
            issue.item = static_cast<int>(i);
            return false;
        }
        input.keys.push_back(column);
    }
    return true;
}

namespace {

/// A column as an expression of `type`.
sql::BoundRef columnAs(BindContext& context, const std::string& param, const LearningInput& input,
                       Type type) {
    const std::string name = context.text(param);
    if (requireColumn(context, param, *input.type.schema, name) < 0) return nullptr;
    auto bound = accept(context, param, -1, sql::bindText(sql::quoteIdentifier(name), {input.type.schema}));
    if (!bound) return nullptr;
    auto converted = accept(context, param, -1, sql::convert(std::move(*bound), type, {0, name.size()}));
    return converted ? std::move(*converted) : nullptr;
}

}  // namespace

bool LearningBinder::bindIds() {
    for (const InputRole role : {InputRole::Rows, InputRole::Labels}) {
        LearningInput& of = *input(role);
        of.id = columnAs(m_context, "id", of, Type::of(TypeId::String));
        if (!of.id) return false;
    }
    return true;
}

bool LearningBinder::bindValue(const std::string& param) {
    LearningInput& rows = m_plan->inputs.front();
    const sql::BoundRef value = columnAs(m_context, param, rows, Type::of(TypeId::Double));
    if (!value) return false;
    rows.numbers.push_back(value);
    rows.names.push_back(m_context.text(param));
    return true;
}

bool LearningBinder::bindTexts(InputRole role, const std::vector<std::string>& params) {
    LearningInput& of = *input(role);
    for (const std::string& param : params) {
        const sql::BoundRef text = columnAs(m_context, param, of, Type::of(TypeId::String));
        if (!text) return false;
        of.texts.push_back(text);
    }
    return true;
}

bool LearningBinder::bindAsked(const std::string& param) {
    LearningInput& asks = *input(InputRole::Asks);
    const sql::BoundRef number = columnAs(m_context, param, asks, Type::of(TypeId::Double));
    if (!number) return false;
    asks.numbers.push_back(number);
    asks.names.push_back(m_context.text(param));
    return true;
}

bool LearningBinder::bindTarget(const std::string& param) {
    LearningInput& of = m_plan->labelWithin > 0 ? *input(InputRole::Labels) : m_plan->inputs.front();
    of.target = columnAs(m_context, param, of, Type::of(TypeId::Double));
    return of.target != nullptr;
}

bool LearningBinder::bindLabel(const std::string& param) {
    LearningInput& of = m_plan->labelWithin > 0 ? *input(InputRole::Labels) : m_plan->inputs.front();
    of.label = columnAs(m_context, param, of, Type::of(TypeId::String));
    return of.label != nullptr;
}

bool LearningBinder::bindFeatures(std::size_t least, std::size_t most) {
    LearningInput& rows = m_plan->inputs.front();
    const std::vector<std::string> texts = m_context.list("features");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const int item = static_cast<int>(i);
        auto items = accept(m_context, "features", item, sql::bindSelectItem(texts[i], {rows.type.schema}));
        if (!items) return false;
        for (sql::BoundItem& one : *items) {
            if (!one.expr->type.isNumeric() && !one.expr->type.is(TypeId::Boolean)) {
                Issue& issue = m_context.error(
                    "features",
                    RW_TEXT("learning", "“%1” is %2; models compute with numbers.")
                        .with(one.name, toString(one.expr->type)),
                    RW_TEXT("learning", "Take it out, or make a number of it by an expression."));
                issue.item = item;
                return false;
            }
            auto number =
                accept(m_context, "features", item,
                       sql::convert(std::move(one.expr), Type::of(TypeId::Double), {0, texts[i].size()}));
            if (!number) return false;
            rows.numbers.push_back(std::move(*number));
            rows.names.push_back(std::move(one.name));
        }
    }
    if (rows.numbers.size() >= least && rows.numbers.size() <= most) return true;
    m_context.error("features",
                    RW_TEXT("learning", "There are %1 features; this method takes %2 to %3.")
                        .with(rows.numbers.size(), least, most),
                    RW_TEXT("learning", "Choose as many, or another method."));
    return false;
}

void LearningBinder::setModel(std::string_view name, const learn::ModelOptions& options) {
    m_plan->node = m_context.node().type;
    m_plan->method = name;
    m_plan->options = options;
    m_plan->model = learn::knownModel(name)->make(features(), options);
}

std::size_t LearningBinder::make(int port, learn::MadePrefix prefix, const std::vector<Field>& columns) {
    Schema schema;
    const LearningInput& rows = m_plan->rows();
    if (prefix == learn::MadePrefix::Keys) {
        for (const int key : rows.keys)
            schema.fields.push_back(rows.type.schema->fields[static_cast<std::size_t>(key)]);
        const Field& time = rows.type.schema->fields[static_cast<std::size_t>(rows.type.eventTime)];
        addResultColumn(schema, time.name, time.type);
    } else {
        schema = prefix == learn::MadePrefix::Row ? *rows.type.schema : *input(InputRole::Asks)->type.schema;
    }
    for (const Field& column : columns) addResultColumn(schema, column.name, column.type);
    m_plan->made.push_back({port, std::make_shared<const Schema>(std::move(schema)), prefix});
    return m_plan->made.size() - 1;
}

void LearningBinder::typeOutputs(BoundLearning& bound) const {
    bound.outputs.resize(m_ports.outputs.size());
    for (const learn::MadePort& made : m_plan->made) {
        StreamType& type = bound.outputs[static_cast<std::size_t>(made.port)];
        type = m_plan->rows().type;
        for (const LearningInput& input : m_plan->inputs) {
            if (input.role == InputRole::Asks && made.prefix == learn::MadePrefix::Ask) type = input.type;
        }
        if (made.prefix == learn::MadePrefix::Keys) {
            type.eventTime = static_cast<int>(m_plan->keyTypes.size());
            type.windowed = false;
        }
        type.schema = made.schema;
        type.made = true;
        type.sourceOrder = false;
        type.leftBy = PortRole::Rows;
    }
    for (const LearningInput& input : m_plan->inputs) {
        bound.outputs[static_cast<std::size_t>(input.late)] = lateStream(input.type, m_plan->oneTask);
        if (input.unmatched < 0) continue;
        StreamType& type = bound.outputs[static_cast<std::size_t>(input.unmatched)] = input.type;
        type.made = true;
        type.sourceOrder = false;
        type.leftBy = PortRole::Rows;
    }
    bound.outputs.back() = rejectedStream();
}

Distribution LearningBinder::distribution() const {
    Distribution out;
    out.kind = m_plan->oneTask ? Distribution::Kind::Single : Distribution::Kind::Keyed;
    if (m_plan->oneTask) return out;
    for (const LearningInput& input : m_plan->inputs) out.keys.push_back(input.keys);
    return out;
}

Text LearningBinder::stateText() const {
    if (m_plan->ttl > 0)
        return RW_TEXT("learning", "the model of each key, until no row of it has come for %1")
            .with(formatDuration(m_plan->ttl));
    return m_plan->keyTypes.empty() ? RW_TEXT("learning", "one model, for ever")
                                    : RW_TEXT("learning", "the model of each key, for ever");
}

BoundNodeRef LearningBinder::finish(Text summary) {
    auto bound = std::make_shared<BoundLearning>();
    typeOutputs(*bound);
    bound->distribution = distribution();
    bound->state = stateText();
    if (m_plan->ttl == 0 && !m_plan->keyTypes.empty())
        bound->keepsKeys =
            RW_TEXT("learning",
                    "Where keys do not come back, say after how long their models are forgotten "
                    "(“state_ttl”).");
    bound->watermark = RW_TEXT("learning", "its input's − 1ms");
    bound->summary = std::move(summary);
    bound->plan = m_plan;
    return bound;
}

void checkLearningFiles(const BoundNode& node, BindContext& context) {
    checkLearntFile(node, context);
    checkSavedModels(node, context);
}

namespace {

/// What all instances of the node share in a run.
template <class Shared, class Make>
std::shared_ptr<Shared> sharedOf(const MakeContext& context, const char* what, Make make) {
    return context.scope->shared<Shared>(what + (" of " + context.node), make);
}

void saveAtTheEnd(const learn::LearningPlanRef& plan, const MakeContext& context,
                  learn::LearningOperator& made) {
    const auto saved = sharedOf<SavedModels>(context, "saved models",
                                             [&] { return std::make_shared<SavedModels>(plan, context); });
    made.onLearnt([saved](const learn::KeyModels& models) { return saved->add(models); });
}

void startFromFile(const learn::LearningPlanRef& plan, const MakeContext& context,
                   learn::LearningOperator& made) {
    const auto file = sharedOf<LearntFile>(context, "learnt models",
                                           [&] { return std::make_shared<LearntFile>(plan, context); });
    // A run that resumes needs the file no more, and it may be gone: so its absence is no error yet.
    made.onBegin([file, given = file->giveTo(context, made.firstModels())] {
        if (given.ok()) file->record();
        return given;
    });
}

}  // namespace

Result<Made> makeLearning(const BoundNode& bound, const MakeContext& context) {
    const learn::LearningPlanRef& plan = static_cast<const BoundLearning&>(bound).plan;
    auto made = std::make_unique<learn::LearningOperator>(plan, context);
    const auto resets = sharedOf<learn::ModelResets>(context, "resets", [&] {
        return std::make_shared<learn::ModelResets>(made->takesAsTheyCome(), context);
    });
    RW_TRY(resets->load());
    made->setResets(resets);
    if (!plan->savesTo.empty() && !context.replay) saveAtTheEnd(plan, context, *made);
    if (!plan->startsFrom.empty()) startFromFile(plan, context, *made);
    return Made(std::move(made));
}

}  // namespace rw
