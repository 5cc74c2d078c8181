#include "widgets/welcome/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTourWidth = 300;
constexpr char kOffered[] = "tour/offered";

/// A line around a part, through which the mouse goes.
class TourRing : public QWidget {
 public:
    explicit TourRing(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }
    void surround(const QRect& area) {
        setGeometry(area);
        const int line = metrics::kFocusRing;
        setMask(QRegion(rect()) - QRegion(rect().adjusted(line, line, -line, -line)));
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), Theme::of(this).tokens().accent);
    }
};

/// Beside the area where there is room, below it first where it is low; else in its corner at the right.
QPoint placeBeside(const QRect& area, QSize size, const QRect& window) {
    const int gap = metrics::kGrid;
    const QRect room = window.adjusted(gap, gap, -gap, -gap);
    const auto inRoom = [&](QPoint at) {
        return QPoint(std::max(room.left(), std::min(at.x(), room.right() + 1 - size.width())),
                      std::max(room.top(), std::min(at.y(), room.bottom() + 1 - size.height())));
    };
    const QPoint right(area.right() + 1 + gap, area.top()),
        left(area.left() - gap - size.width(), area.top());
    const QPoint below(area.left(), area.bottom() + 1 + gap),
        above(area.left(), area.top() - gap - size.height());
    const bool low = area.height() < size.height();
    for (const QPoint tried :
         low ? std::array{below, above, right, left} : std::array{right, left, below, above}) {
        const QRect there(inRoom(tried), size);
        if (!there.intersects(area) && room.contains(there)) return there.topLeft();
    }
    return inRoom({area.right() + 1 - gap - size.width(), area.bottom() + 1 - gap - size.height()});
}

}  // namespace

bool isFirstStart(QSettings& store) {
    const bool first = store.allKeys().isEmpty();
    store.setValue(QLatin1String(kOffered), true);
    return first;
}

Tour::Tour(std::vector<Step> steps, QWidget* window)
    : QFrame(window),
      m_steps(std::move(steps)),
      m_ring(new TourRing(window)),
      m_title(new QLabel),
      m_words(new QLabel),
      m_count(new QLabel),
      m_skip(new QPushButton),
      m_back(new QPushButton),
      m_next(new QPushButton) {
    setObjectName(QStringLiteral("tour"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "popover");
    m_title->setProperty("role", "strong");
    m_words->setWordWrap(true);
    m_count->setProperty("role", "caption");
    m_skip->setProperty("role", "flat");
    m_next->setProperty("role", "primary");
    for (QPushButton* button : {m_skip, m_back, m_next}) {
        button->setProperty("controlSize", "small");
        button->setAutoDefault(true);  // Enter presses the one that has the keyboard
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_count);
    row->addStretch();
    for (QPushButton* button : {m_skip, m_back, m_next}) row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kListPadding);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addLayout(row);
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &Tour::look);
    connect(m_skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, [this] { go(false); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(true); });
    connect(&Theme::of(this), &Theme::changed, this, [this] { m_due.start(); });
    hide();
    m_ring->hide();
}

void Tour::start() {
    end();
    m_before = window()->focusWidget();
    for (std::size_t step = 0; step < m_steps.size(); ++step) {
        if (partOf(step) == nullptr) continue;
        showStep(step);
        m_next->setFocus(Qt::OtherFocusReason);
        return;
    }
}

void Tour::end() {
    if (!isUnderWay()) return;
    m_step.reset();
    m_due.stop();
    watch(nullptr);
    const bool had = isAncestorOf(window()->focusWidget());
    m_ring->hide();
    hide();
    if (had && m_before && m_before->isVisible()) m_before->setFocus(Qt::OtherFocusReason);
}

QWidget* Tour::partOf(std::size_t step) const {
    QWidget* const part = m_steps[step].part();
    return part != nullptr && part->isVisible() ? part : nullptr;
}

std::optional<std::size_t> Tour::beside(std::size_t step, bool next) const {
    const std::size_t count = m_steps.size();
    while (next ? ++step < count : step-- > 0) {
        if (partOf(step) != nullptr) return step;
    }
    return std::nullopt;
}

void Tour::go(bool next) {
    if (!isUnderWay()) return;
    if (const auto to = beside(*m_step, next)) {
        showStep(*to);
    } else if (next) {
        end();
    }
}

void Tour::showStep(std::size_t step) {
    m_step = step;
    watch(partOf(step));
    fill();
    place();
    m_ring->show();
    show();
    m_ring->raise();
    raise();
    Q_EMIT told(m_title->text() + QStringLiteral(". ") + m_words->text());
}

void Tour::look() {
    if (!isUnderWay()) return;
    if (partOf(*m_step) == nullptr) {
        std::optional<std::size_t> to = beside(*m_step, true);
        if (!to) to = beside(*m_step, false);
        return to ? showStep(*to) : end();
    }
    fill();
    place();
}

void Tour::fill() {
    const Step& step = m_steps[*m_step];
    std::size_t number = 0, all = 0;
    for (std::size_t each = 0; each < m_steps.size(); ++each) {
        if (partOf(each) == nullptr) continue;
        ++all;
        if (each <= *m_step) ++number;
    }
    const bool last = !beside(*m_step, true).has_value();
    m_title->setText(step.title());
    m_words->setText(step.words());
    m_count->setText(tr("%1 of %2").arg(number).arg(all));
    m_skip->setText(tr("Skip"));
    m_back->setText(tr("Back"));
    m_next->setText(last ? tr("Done") : tr("Next"));
    m_back->setEnabled(beside(*m_step, false).has_value());
    m_skip->setVisible(!last);
    setAccessibleName(m_title->text());
    setAccessibleDescription(m_words->text());
    m_next->setAccessibleDescription(m_words->text());
    m_words->setFixedWidth(Theme::of(this).scaled(kTourWidth));
    m_words->setFixedHeight(m_words->heightForWidth(m_words->width()));
}

void Tour::place() {
    QWidget* const part = partOf(*m_step);
    QWidget* const over = parentWidget();
    const std::function<QRect()>& meant = m_steps[*m_step].place;
    QRect inPart = meant ? meant() : QRect();
    if (inPart.isEmpty()) inPart = part->rect();
    const QRect area = QRect(part->mapTo(over, inPart.topLeft()), inPart.size()) & over->rect();
    static_cast<TourRing*>(m_ring)->surround(area);
    layout()->activate();
    const QSize size = sizeHint();
    setGeometry(QRect(placeBeside(area, size, over->rect()), size));
}

/// Moves of a part are those of all that it is in.
void Tour::watch(QWidget* part) {
    for (const QPointer<QWidget>& each : m_watched) {
        if (each) each->removeEventFilter(this);
    }
    m_watched.clear();
    for (QWidget* each = part; each != nullptr; each = each->parentWidget()) {
        each->installEventFilter(this);
        m_watched.emplace_back(each);
        if (each == parentWidget()) break;
    }
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::LayoutRequest:
            if (isUnderWay()) m_due.start();
            break;
        default:
            break;
    }
    return QFrame::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return end();
    QFrame::keyPressEvent(event);
}

void Tour::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && isUnderWay()) m_due.start();
    QFrame::changeEvent(event);
}

}  // namespace rw::ui
