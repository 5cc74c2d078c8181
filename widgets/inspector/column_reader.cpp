#include "widgets/inspector/column_reader.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/variables.h"
#include "widgets/document/infer_columns.h"

namespace rw::ui {

namespace {
constexpr char kColumns[] = "columns";
}  // namespace

ColumnReader::ColumnReader(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {}

void ColumnReader::setNode(const NodeId& node) {
    m_node = node;
    m_reading.drop();
    m_found = m_given = nullptr;
    m_problem.reset();
}

bool ColumnReader::canRead() const {
    const NodeKind* kind = m_document.kindOf(m_node);
    return kind != nullptr && kind->infer != nullptr;
}

bool ColumnReader::hasFile() const {
    const NodeKind* kind = m_document.kindOf(m_node);
    const ParamSpec* path = kind == nullptr ? nullptr : kind->param(pathParam());
    return path == nullptr || applies(*path, *kind, m_document.pipeline().find(m_node)->params);
}

std::string ColumnReader::pathParam() const {
    const auto& params = m_document.kindOf(m_node)->params;
    const auto path = std::find_if(params.begin(), params.end(),
                                   [](const ParamSpec& spec) { return spec.kind == ParamKind::InputPath; });
    return path == params.end() ? kColumns : path->name;
}

void ColumnReader::settingChanged(const std::string& param) {
    if (param == kColumns || !canRead() || !hasFile()) return;
    const Json& params = m_document.pipeline().find(m_node)->params;
    const Json columns = params.value(kColumns, Json::array());
    const bool ours = columns.empty() || columns == m_found;
    const Json path = params.value(pathParam(), Json(""));
    if (!ours || path.empty()) return;
    // The user did not name the file behind a variable.
    const bool named = param == pathParam() && path.is_string() &&
                       path.get_ref<const std::string&>().find("${") == std::string::npos;
    readWith(named ? TrustQuestion() : DocumentTrust::questionOf(m_document));
}

void ColumnReader::read() {
    readWith(DocumentTrust::questionOf(m_document));
}

void ColumnReader::readWith(TrustQuestion ask) {
    if (!canRead()) return;
    const Pipeline pipeline = withVariables(m_document.pipeline(), m_document.validateOptions());
    Json params = pipeline.find(m_node)->params;
    // Types that the user gave stay where they can; those that were read here do not bind the next ones.
    const bool ours = m_document.pipeline().find(m_node)->params.value(kColumns, Json()) == m_found;
    if (!ours) m_given = params.value(kColumns, Json());
    params[kColumns] = m_given;
    m_reading.ask(columnInference(*m_document.kindOf(m_node), std::move(params),
                                  m_document.folder().toStdString(), std::move(ask)),
                  [this](const auto& columns) { take(columns); });
    Q_EMIT changed();
}

void ColumnReader::take(const Result<std::vector<std::string>>& columns) {
    if (m_document.pipeline().find(m_node) == nullptr) return;
    m_problem.reset();
    if (columns.ok()) {
        m_found = *columns;
        m_document.setParams(m_node, {{kColumns, m_found}}, tr("Read the columns"));
    } else {
        m_problem = Issue{.message = columns.error().message,
                          .fix = columns.error().fix,
                          .node = m_node,
                          .param = pathParam()};
    }
    Q_EMIT changed();
}

}  // namespace rw::ui
