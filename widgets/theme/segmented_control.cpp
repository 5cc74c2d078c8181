#include "widgets/theme/segmented_control.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

const char* placeOf(qsizetype index, qsizetype count) {
    if (count == 1) return "only";
    if (index == 0) return "first";
    return index == count - 1 ? "last" : "middle";
}

/// Where there is little room the words may come near the edges, but no nearer.
void setLabel(QAbstractButton& segment, const QString& words) {
    segment.setText(words);
    segment.ensurePolished();  // else it is measured in letters that it will not have
    const int least = segment.fontMetrics().horizontalAdvance(words) + 2 * metrics::kStep;
    segment.setMinimumWidth(std::min(least, segment.sizeHint().width()));
}

}  // namespace

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this)), m_row(new QHBoxLayout(this)) {
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool on) {
        if (on) Q_EMIT chosen(index);
    });
}

void SegmentedControl::setSegments(const QStringList& words, bool equal) {
    if (words.size() == count()) {  // they keep the keyboard and their place for Tab
        for (int i = 0; i < count(); ++i) setLabel(*segment(i), words[i]);
        return setCurrentIndex(0);
    }
    for (QAbstractButton* old : m_group->buttons()) {
        m_group->removeButton(old);
        delete old;
    }
    for (qsizetype i = 0; i < words.size(); ++i) {
        auto* button = new QPushButton(this);
        button->setCheckable(true);
        button->setProperty("segment", placeOf(i, words.size()));
        button->setSizePolicy(equal ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Fixed);
        setLabel(*button, words[i]);
        m_group->addButton(button, static_cast<int>(i));
        // A share of the room, whatever they say: a long word would have no more of it than a short one.
        m_row->addWidget(button, equal ? 1 : 0);
    }
    setCurrentIndex(0);
}

// Larger letters need more room.
void SegmentedControl::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
    for (int i = 0; i < count(); ++i) setLabel(*segment(i), segment(i)->text());
}

int SegmentedControl::count() const {
    return static_cast<int>(m_group->buttons().size());
}

int SegmentedControl::currentIndex() const {
    return m_group->checkedId();
}

void SegmentedControl::setCurrentIndex(int index) {
    const QSignalBlocker quiet(m_group);
    if (QAbstractButton* button = segment(index)) button->setChecked(true);
    if (index >= 0 || m_group->checkedButton() == nullptr) return;
    m_group->setExclusive(false);  // else the chosen one stays
    m_group->checkedButton()->setChecked(false);
    m_group->setExclusive(true);
}

QAbstractButton* SegmentedControl::segment(int index) const {
    return m_group->button(index);
}

}  // namespace rw::ui
