#include "widgets/inspector/renamed_bar.h"

#include <QEvent>
#include <QVBoxLayout>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/editing/rename_follower.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostNames = 5;

}  // namespace

/// “Keep”, “Sums” and 4 more.
QString RenamedBar::titlesOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes) {
    QStringList titles;
    for (const NodeId& id : nodes) {
        if (titles.size() == kMostNames) break;
        titles << QStringLiteral("“%1”").arg(titleOf(pipeline, id));
    }
    const QString listed = titles.join(tr(", "));
    if (nodes.size() <= kMostNames) return listed;
    return tr("%1 and %2 more").arg(listed).arg(nodes.size() - kMostNames);
}

RenamedBar::RenamedBar(const PipelineDocument& document, RenameFollower& renames, QWidget* parent)
    : QWidget(parent), m_document(document), m_box(new HintBox) {
    setObjectName(QStringLiteral("renamedBar"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding,
                               metrics::kGrid);
    column->addWidget(m_box);
    hide();
    connect(&renames, &RenameFollower::followed, this, [this](const FollowedRenames& followed) {
        m_renames = followed;
        refresh();
        show();
    });
    connect(&renames, &RenameFollower::outdated, this, &QWidget::hide);
    connect(m_box, &HintBox::actionTriggered, &renames, &RenameFollower::undoFollowed);
}

void RenamedBar::refresh() {
    if (m_renames.empty()) return;
    const Pipeline& pipeline = m_document.pipeline();
    QStringList columns;
    for (const ColumnRename& rename : m_renames.renames) {
        columns << tr("“%1” is now “%2”")
                       .arg(shownText(QString::fromStdString(rename.from)),
                            shownText(QString::fromStdString(rename.to)));
    }
    const int count = static_cast<int>(m_renames.nodes.size());
    QStringList words{columns.join(tr(", ")) + tr(".")};
    if (count > 0) words << tr("It follows in %1.").arg(titlesOf(pipeline, m_renames.nodes));
    if (!m_renames.left.empty())
        words << tr("It can't follow in %1; look there.").arg(titlesOf(pipeline, m_renames.left));
    const bool left = !m_renames.left.empty();
    m_box->set(left ? HintBox::Kind::Warn : HintBox::Kind::Info,
               count > 0 ? tr("Renamed in %n nodes", nullptr, count) : tr("Not renamed behind this node"),
               words.join(QLatin1Char(' ')), count > 0 ? QStringList{tr("Undo only these")} : QStringList());
}

void RenamedBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
