#include "core/deploy/form.h"

#include <algorithm>

#include "core/deploy/kept_variables.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

std::string stagedFileOf(const NodeId& source) {
    std::string name = source;
    std::replace(name.begin(), name.end(), '/', '.');
    return name + ".csv";
}

std::string partsFolderOf(const std::string& path) {
    return path + ".parts";
}

std::string relationOf(const NodeId& node, const NodeKind& kind, std::string_view output) {
    if (output.empty() || (!kind.outputs.empty() && kind.outputs.front().name == output)) return node;
    return node + "$" + std::string(output);
}

NodeForm::NodeForm(const Dialect& dialect, const Node& raw, BindContext& params,
                   std::vector<std::vector<Input>> inputs, const BoundNode& bound, const NodeKind& kind,
                   std::vector<std::string> wiredOutputs, const Variables& variables,
                   const TranslateOptions& options, Blanks& blanks)
    : m_dialect(dialect),
      m_raw(raw),
      m_params(params),
      m_inputs(std::move(inputs)),
      m_bound(bound),
      m_kind(kind),
      m_wiredOutputs(std::move(wiredOutputs)),
      m_variables(variables),
      m_options(options),
      m_blanks(blanks) {}

const NodeId& NodeForm::id() const {
    return m_raw.id;
}

const StreamType& NodeForm::output(int port) const {
    return m_bound.outputs[static_cast<std::size_t>(port)];
}

bool NodeForm::wired(std::string_view output) const {
    return std::find(m_wiredOutputs.begin(), m_wiredOutputs.end(), output) != m_wiredOutputs.end();
}

std::string NodeForm::from(int port, std::size_t wire) const {
    return inputs(port)[wire].relation;
}

std::string NodeForm::relation(std::string_view output) const {
    return relationOf(id(), m_kind, output);
}

std::string NodeForm::helper(std::string_view part) const {
    return id() + "$" + std::string(part);
}

std::string NodeForm::columnList(const Schema& schema, std::string_view qualifier) const {
    std::string before;
    if (!qualifier.empty())
        before = (qualifier.front() == '`' ? std::string(qualifier) : quoted(qualifier)) + ".";
    std::string out;
    for (const Field& field : schema.fields) {
        if (!out.empty()) out += ", ";
        out += before + quoted(field.name);
    }
    return out;
}

const Json& NodeForm::fileText(std::string_view param, int item) const {
    static const Json kNone;
    const ParamSpec* spec = m_kind.param(param);
    if (spec == nullptr) return kNone;
    const Json& value = paramValue(*spec, m_raw.params);
    if (item < 0) return value;
    const auto place = static_cast<std::size_t>(item);
    return value.is_array() && place < value.size() ? value[place] : kNone;
}

std::string NodeForm::raw(std::string_view param, int item) const {
    const Json& value = fileText(param, item);
    if (value.is_null()) return {};
    if (!value.is_string()) return onOneLine(value);
    return keptText(value.get_ref<const std::string&>(), m_variables, m_options).raw;
}

std::string NodeForm::blank(Blank blank) {
    std::string place = m_blanks.add(std::move(blank));
    ++m_placed[place];
    return place;
}

Remark& NodeForm::find(Verdict verdict, Text what, std::string_view param) {
    Remark& remark = m_findings.emplace_back();
    remark.verdict = verdict;
    remark.what = std::move(what);
    remark.param = std::string(param);
    return remark;
}

Remark& NodeForm::when(Text condition, Verdict verdict) {
    Remark& remark = m_findings.emplace_back();
    remark.verdict = verdict;
    remark.condition = std::move(condition);
    return remark;
}

bool NodeForm::refused() const {
    return std::any_of(m_findings.begin(), m_findings.end(),
                       [](const Remark& remark) { return remark.verdict == Verdict::Refused; });
}

Statement& NodeForm::statement(Statement::Kind kind, std::string name, std::string text, std::string note) {
    Statement& added = m_statements.emplace_back();
    added.kind = kind;
    added.node = id();
    added.type = m_kind.type;
    added.note = std::move(note);
    added.text = std::move(text);
    added.name = std::move(name);
    return added;
}

}  // namespace rw
