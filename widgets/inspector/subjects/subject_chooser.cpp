#include "widgets/inspector/subjects/subject_chooser.h"

#include <QWidget>
#include <algorithm>
#include <utility>

#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/variables.h"
#include "widgets/inspector/subjects/subject_dialog.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

/// The first of a kind: a registry, whose connection is another one, comes behind it.
const ParamSpec* connectionSpec(const NodeKind& kind) {
    const auto found = std::find_if(kind.params.begin(), kind.params.end(),
                                    [](const ParamSpec& spec) { return spec.kind == ParamKind::Connection; });
    return found == kind.params.end() ? nullptr : &*found;
}

}  // namespace

SubjectChooser::SubjectChooser(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {}

std::string SubjectChooser::connectionParam(const NodeKind& kind) {
    const ParamSpec* const spec = connectionSpec(kind);
    return spec != nullptr ? spec->name : std::string();
}

bool SubjectChooser::canChoose(const NodeKind& kind, const ParamSpec& spec) const {
    const ParamSpec* const connection = connectionSpec(kind);
    if (!spec.subject || connection == nullptr) return false;
    return std::any_of(m_browsers.begin(), m_browsers.end(), [connection](const auto& browser) {
        return connectionFits(*connection, browser.first);
    });
}

bool SubjectChooser::choose(const NodeId& id, const ParamSpec& spec, QWidget* over) {
    const NodeKind* const kind = m_document.kindOf(id);
    const std::shared_ptr<const Connections>& all = m_document.runConnections();
    if (kind == nullptr || !all) return false;
    const Pipeline pipeline = withVariables(m_document.pipeline(), m_document.validateOptions());
    const Node* const node = pipeline.find(id);
    if (node == nullptr) return false;
    const Json name = node->params.value(connectionParam(*kind), Json(""));
    const Result<Connection> named = all->named(name.is_string() ? name.get<std::string>() : std::string());
    if (!named.ok()) return false;
    SubjectQuestion question{NodeConnection(*named, all), all, m_browsers, *kind, spec, node->params};
    auto* dialog = new SubjectDialog(std::move(question), over->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id] {
        m_document.setParams(id, dialog->values(),
                             tr("Choose “%1”").arg(shownText(QString::fromStdString(dialog->chosen()))));
    });
    // Kind and declaration are the catalogue's, or go with the pipeline that has them in a subflow.
    connect(&m_document, &PipelineDocument::changed, dialog, [dialog](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) dialog->reject();
    });
    dialog->open();
    return true;
}

}  // namespace rw::ui
