#include "widgets/sample/row_way.h"

#include <QApplication>
#include <QListView>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <utility>

#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

RowWay::RowWay(const PipelineDocument& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_head(new ElidedLabel({}, this)),
      m_list(new QListView(this)),
      m_empty(new EmptyState(this)),
      m_pages(new QStackedLayout) {
    m_head->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new RowWayDelegate(m_list));
    m_list->setWordWrap(true);  // it is laid out anew for another width
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(m_pages, 1);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &RowWay::begin);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        const NodeId node = m_model.lines()[static_cast<std::size_t>(index.row())].node;
        // It may have been removed since the list was made.
        if (m_document.node(node) != nullptr) Q_EMIT nodeChosen(node);
    });
    connect(&Theme::of(this), &Theme::changed, this, [this] { m_list->doItemsLayout(); });
    retranslate();
}

void RowWay::follow(const SampleRef& sample, FollowedRow row) {
    if (m_sample == sample && m_row && m_row->from == row.from && m_row->number == row.number) return;
    m_sample = sample;
    m_row = std::move(row);
    m_path.reset();
    m_look.drop();
    m_rest.start();
    retranslate();
}

void RowWay::clear() {
    if (!m_row) return;
    m_rest.stop();
    m_look.drop();
    m_sample.reset();
    m_row.reset();
    m_path.reset();
    retranslate();
}

void RowWay::begin() {
    m_look.ask(
        [sample = m_sample, row = *m_row](const Latest::Question& asked) {
            LookRequest request = requestOf(*sample->question, asked);
            request.at = sample->look.at;
            return followRow(request, row);
        },
        [this](RowPath path) {
            m_path = std::move(path);
            showPath();
        });
}

void RowWay::retranslate() {
    const QString number = m_row ? countText(static_cast<std::uint64_t>(m_row->number) + 1) : QString();
    m_head->setText(m_row ? tr("Where row %1 goes").arg(number) : tr("Where a row goes"));
    m_list->setAccessibleName(m_head->text());
    showPath();
}

void RowWay::showPath() {
    if (!m_row) {
        return say(tr("No row is selected"),
                   tr("Select a row at the left: what becomes of it at each node below is listed here."));
    }
    if (!m_path) return say(tr("Following the row"), {});
    if (!m_path->failed.ok()) {
        const Error& error = m_path->failed.error();
        const QString words = translated(error.message);
        return say(tr("The row can't be followed"),
                   error.fix.empty() ? words : words + u' ' + translated(error.fix));
    }
    m_model.set(rowWayLines(*m_path, m_document));
    turnTo(m_list);
}

// The keyboard stays here, also where the list has gone for a moment; Qt would give it to the next widget.
void RowWay::turnTo(QWidget* page) {
    QWidget* const before = m_pages->currentWidget();
    const bool leaves = page != before && before->isAncestorOf(QApplication::focusWidget());
    m_pages->setCurrentWidget(page);
    if (leaves) page->setFocus(Qt::OtherFocusReason);
}

void RowWay::say(const QString& title, const QString& words) {
    m_model.set({});
    m_empty->set(QStringLiteral("pipeline"), title, words);
    turnTo(m_empty);
}

}  // namespace rw::ui
