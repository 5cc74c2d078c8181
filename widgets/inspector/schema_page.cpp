#include "widgets/inspector/schema_page.h"

#include <QEvent>
#include <QHeaderView>
#include <algorithm>

#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

SchemaPage::SchemaPage(PipelineDocument& document, QWidget* parent)
    : QTreeWidget(parent), m_document(document) {
    setColumnCount(2);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(metrics::kGrid);
    setFocusPolicy(Qt::StrongFocus);
    setUniformRowHeights(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(&document, &PipelineDocument::validatedChanged, this, &SchemaPage::refresh);
}

void SchemaPage::setNode(const NodeId& node) {
    m_node = node;
    refresh();
}

void SchemaPage::refresh() {
    if (!isVisible()) return;
    clear();
    const NodeKind* kind = m_document.kindOf(m_node);
    const TypedNode* typed = m_document.typed(m_node);
    if (!kind) return;
    for (std::size_t port = 0; typed && port < typed->inputs.size() && port < kind->inputs.size(); ++port) {
        if (!typed->inputs[port].empty()) {
            addStream(tr("Input “%1”").arg(translated(kind->inputs[port].label)),
                      typed->inputs[port].front());
        }
    }
    const std::size_t outputs = typed && typed->bound ? typed->bound->outputs.size() : 0;
    for (std::size_t port = 0; port < std::min(outputs, kind->outputs.size()); ++port) {
        addStream(tr("Output “%1”").arg(translated(kind->outputs[port].label)), typed->bound->outputs[port]);
    }
    if (topLevelItemCount() == 0) {
        auto* none =
            new QTreeWidgetItem(this, {tr("Known once the settings are right and the inputs wired")});
        none->setForeground(0, Theme::of(this).tokens().dim);
        none->setFirstColumnSpanned(true);
    }
    expandAll();
}

void SchemaPage::addStream(const QString& title, const StreamType& type) {
    const Theme& theme = Theme::of(this);
    auto* head = new QTreeWidgetItem(this, {title, type.updating ? tr("changing rows") : QString()});
    head->setFont(0, theme.font(TextStyle::BodyStrong));
    head->setForeground(1, theme.tokens().dim);
    head->setFirstColumnSpanned(!type.updating);
    for (std::size_t i = 0; i < type.schema->size(); ++i) {
        const Field& field = type.schema->fields[i];
        QStringList tags{QString::fromStdString(toString(field.type))};
        if (static_cast<int>(i) == type.eventTime) tags << tr("event time");
        if (std::find(type.key.begin(), type.key.end(), static_cast<int>(i)) != type.key.end())
            tags << tr("key");
        auto* row = new QTreeWidgetItem(
            head, {shownText(QString::fromStdString(field.name)), tags.join(QStringLiteral(" · "))});
        row->setFont(0, theme.font(TextStyle::Code));
        row->setFont(1, theme.font(TextStyle::CodeSmall));
        row->setForeground(1, theme.tokens().dim);
        if (static_cast<int>(i) == type.eventTime) row->setIcon(0, theme.icon(u"clock", ColorRole::Accent));
    }
}

void SchemaPage::showEvent(QShowEvent* event) {
    QTreeWidget::showEvent(event);
    refresh();
}

void SchemaPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QTreeWidget::changeEvent(event);
}

}  // namespace rw::ui
