#include "widgets/canvas/difference/difference_split.h"

#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace rw::ui {

DifferenceSplit::DifferenceSplit(QWidget* parent)
    : DifferenceCanvas(parent),
      m_first(new DifferenceView),
      m_second(new DifferenceView),
      m_parts(new QSplitter(Qt::Horizontal)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_parts);
    m_parts->setChildrenCollapsible(false);
    m_parts->addWidget(m_first);
    m_parts->addWidget(m_second);
    m_second->hide();
    setFocusProxy(m_first);
    for (DifferenceView* view : {m_first, m_second}) {
        DifferenceView* const other = view == m_first ? m_second : m_first;
        connect(view, &DifferenceView::viewMoved, this, [this, view, other] {
            m_unseen = false;
            other->showAs(*view);
        });
        connect(view, &DifferenceView::fitRequested, this, &DifferenceSplit::fitAll);
        connect(view, &DifferenceView::chosen, this, &DifferenceCanvas::chosen);
    }
}

void DifferenceSplit::setPictures(const std::vector<DifferencePicture>& pictures, const Catalogue& catalogue,
                                  bool anew) {
    const bool two = pictures.size() > 1, other = two == m_second->isHidden();
    m_first->setPicture(pictures.empty() ? DifferencePicture() : pictures.front(), catalogue);
    m_second->setPicture(two ? pictures.back() : DifferencePicture(), catalogue);
    m_second->setVisible(two);
    if (anew || other) m_unseen = true;
    fitSoon();
}

void DifferenceSplit::choose(int change) {
    m_first->choose(change, true);
    m_second->choose(change, m_second->isVisible());
}

void DifferenceSplit::fitAll() {
    const QRectF second = m_second->isHidden() ? QRectF() : m_second->contentRect();
    m_first->fitTo(m_first->contentRect() | second);
    m_second->showAs(*m_first);
    m_unseen = true;
}

/// Once the layout has given the views their room.
void DifferenceSplit::fitSoon() {
    if (m_unseen)
        QTimer::singleShot(0, this, [this] {
            if (m_unseen) fitAll();
        });
}

void DifferenceSplit::resizeEvent(QResizeEvent* event) {
    DifferenceCanvas::resizeEvent(event);
    fitSoon();
}

void DifferenceSplit::showEvent(QShowEvent* event) {
    DifferenceCanvas::showEvent(event);
    fitSoon();
}

DifferenceCanvas* newDifferenceCanvas() {
    return new DifferenceSplit;
}

}  // namespace rw::ui
