#include "widgets/charts/drawing/legend.h"

#include <QAbstractButton>
#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QPushButton>

#include "widgets/charts/drawing/markers.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

namespace {

constexpr int kLineLength = 16;
constexpr double kMarker = 4;                ///< radius
constexpr qsizetype kMostEntryLetters = 80;  ///< of a name from the data: several stand in a line

QString shownName(const LegendEntry& entry) {
    return shownText(entry.name, kMostEntryLetters);
}

void paintEntry(QPainter& painter, const QRectF& rect, const LegendEntry& entry, bool hidden,
                const Tokens& tokens) {
    const QColor color = hidden ? tokens.disabled : entry.color;
    const QPointF left(rect.left(), rect.center().y());
    if (entry.marker) {
        painter.fillPath(markerOf(*entry.marker, kMarker).translated(left + QPointF(kLineLength / 2.0, 0)),
                         color);
    } else if (entry.area) {
        painter.fillRect(QRectF(left - QPointF(0, kMarker), QSizeF(kLineLength, 2 * kMarker)),
                         shaded(color, Shade::Dimmed));
    } else {
        painter.setPen(QPen(color, 2, entry.pen));
        painter.drawLine(left, left + QPointF(kLineLength, 0));
    }
    QFont font = painter.font();
    font.setStrikeOut(hidden);
    painter.setFont(font);
    painter.setPen(hidden ? tokens.dim : tokens.text);
    const QRectF room = rect.adjusted(kLineLength + metrics::kGrid, 0, 0, 0);
    // In the middle: series of one column, or of one key, differ at an end.
    const QFontMetricsF words(font);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     words.elidedText(shownName(entry), Qt::ElideMiddle, room.width() + 1));
}

/// One entry as a button: reached by Tab, told by its name to screen readers.
class EntryButton : public QAbstractButton {
 public:
    EntryButton(const LegendEntry& entry, QWidget* parent) : QAbstractButton(parent), m_entry(entry) {
        setText(shownText(entry.name));
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    void set(const LegendEntry& entry, bool hidden) {
        if (entry == m_entry && hidden == m_hidden) return;
        m_entry = entry;
        m_hidden = hidden;
        update();
    }
    QSize sizeHint() const override {
        const Theme& theme = Theme::of(this);
        const QFontMetrics words(theme.font(TextStyle::Caption));
        return {kLineLength + 2 * metrics::kGrid + words.horizontalAdvance(shownName(m_entry)),
                std::max(metrics::kMinimumTarget, theme.lineHeight(TextStyle::Caption))};
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = Theme::of(this);
        painter.setFont(theme.font(TextStyle::Caption));
        paintEntry(painter, rect(), m_entry, m_hidden, theme.tokens());
        if (hasFocus()) {
            painter.setPen(QPen(theme.tokens().accent, metrics::kFocusRing));
            painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), metrics::kCapRadius, metrics::kCapRadius);
        }
    }

 private:
    LegendEntry m_entry;  ///< always of the same name
    bool m_hidden = false;
};

}  // namespace

Legend::Legend(QWidget* parent) : QWidget(parent), m_flow(new FlowLayout(this)) {}

void Legend::set(const std::vector<LegendEntry>& entries, const QString& note) {
    if (entries == m_entries && note == m_note) return;
    m_entries = entries;
    m_note = note;
    refresh();
}

void Legend::setChoosable(bool on) {
    if (std::exchange(m_choosable, on) == on) return;
    for (const auto& [name, button] : m_buttons) button->setToolTip(tipOf(name));
}

QString Legend::tipOf(const QString& name) const {
    QString tip = tr("Click hides or shows “%1”, Ctrl+click shows only it").arg(shownText(name));
    if (m_choosable) tip += QLatin1Char('\n') + tr("Shift+click filters all charts by it");
    return tip;
}

void Legend::setIndent(int pixels) {
    if (m_flow->contentsMargins().left() != pixels) m_flow->setContentsMargins(pixels, 0, 0, 0);
}

QAbstractButton* Legend::buttonOf(const LegendEntry& entry) {
    QAbstractButton*& button = m_buttons[entry.name];
    if (button != nullptr) return button;
    button = new EntryButton(entry, this);
    button->setToolTip(tipOf(entry.name));
    connect(button, &QAbstractButton::clicked, this, [this, name = entry.name] {
        const bool chooses = (QApplication::keyboardModifiers() & Qt::ShiftModifier) != 0;
        if (m_choosable && chooses) return Q_EMIT entryChosen(name);
        toggle(name, (QApplication::keyboardModifiers() & Qt::ControlModifier) != 0);
    });
    button->installEventFilter(this);
    return button;
}

void Legend::refresh() {
    while (QLayoutItem* item = m_flow->takeAt(0)) delete item;
    std::set<QString> names;
    for (const LegendEntry& entry : m_entries) {
        if (!names.insert(entry.name).second) continue;
        QAbstractButton* button = buttonOf(entry);
        static_cast<EntryButton*>(button)->set(entry, isHiddenEntry(entry.name));
        m_flow->addWidget(button);
        button->show();
    }
    for (auto it = m_buttons.begin(); it != m_buttons.end();) {
        if (names.contains(it->first)) {
            ++it;
            continue;
        }
        it->second->hide();
        it->second->deleteLater();  // a reader of the new lines may have been called by it
        it = m_buttons.erase(it);
    }
    showNote();
    setVisible(!m_entries.empty());
}

void Legend::showNote() {
    if (m_noteButton == nullptr && m_note.isEmpty()) return;
    if (m_noteButton == nullptr) {
        m_noteButton = new QPushButton(this);
        m_noteButton->setProperty("role", "link");
        m_noteButton->setAutoDefault(false);  // in a dialog, Return is for the chart
        m_noteButton->setCursor(Qt::PointingHandCursor);
        connect(m_noteButton, &QPushButton::clicked, this, [this] {
            Q_EMIT choiceRequested(m_noteButton->mapToGlobal(QPoint(0, m_noteButton->height())));
        });
    }
    m_noteButton->setText(m_note);
    m_noteButton->setToolTip(tr("Click to choose the lines. Until then, those that came first are shown."));
    m_noteButton->setVisible(!m_note.isEmpty());
    if (!m_note.isEmpty()) m_flow->addWidget(m_noteButton);
}

void Legend::toggle(const QString& name, bool isolate) {
    if (isolate) {
        const bool alone = m_hidden.size() + 1 == m_entries.size() && !isHiddenEntry(name);
        m_hidden.clear();
        for (const LegendEntry& entry : m_entries) {
            if (!alone && entry.name != name) m_hidden.insert(entry.name);
        }
    } else if (m_hidden.erase(name) == 0) {
        m_hidden.insert(name);
    }
    refresh();
    Q_EMIT visibilityChanged();
}

void Legend::paintInto(QPainter& painter, const QRectF& rect) const {
    const Theme& theme = Theme::of(this);
    const int height = std::max(metrics::kMinimumTarget, theme.lineHeight(TextStyle::Caption));
    painter.setFont(theme.font(TextStyle::Caption));
    const QFontMetrics words(painter.font());
    const double left = rect.left() + m_flow->contentsMargins().left();
    QPointF at(left, rect.top());
    const auto next = [&](double wide) {
        if (at.x() > left && at.x() + wide > rect.right()) at = {left, at.y() + height};
        const QRectF place(at, QSizeF(wide, height));
        at.rx() += wide;
        return place;
    };
    for (const LegendEntry& entry : m_entries) {
        if (isHiddenEntry(entry.name)) continue;
        const int name = words.horizontalAdvance(shownName(entry));
        paintEntry(painter, next(kLineLength + 3 * metrics::kGrid + name), entry, false, theme.tokens());
    }
    if (m_note.isEmpty()) return;
    painter.setPen(theme.tokens().dim);
    painter.drawText(next(words.horizontalAdvance(m_note) + 1), Qt::AlignLeft | Qt::AlignVCenter, m_note);
}

bool Legend::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Enter) Q_EMIT hoveredEntry(static_cast<QAbstractButton*>(watched)->text());
    if (event->type() == QEvent::Leave) Q_EMIT hoveredEntry(QString());
    return QWidget::eventFilter(watched, event);
}

namespace {
constexpr std::size_t kSolid = 4, kThickUpTo = 4;
}

QString seriesText(const ChartColumn& series, const std::string& value) {
    const QString name = QString::fromStdString(value);
    return series.type.isNumeric() ? QString::fromStdString(series.name) + QLatin1Char(' ') + name : name;
}

QColor seriesColor(const Tokens& tokens, std::size_t place) {
    return tokens.series[place % tokens.series.size()];
}

Qt::PenStyle seriesStroke(std::size_t place) {
    if (place % 8 < kSolid) return Qt::SolidLine;
    return place % 2 == 0 ? Qt::DashLine : Qt::DashDotLine;
}

QPen seriesPen(const Tokens& tokens, std::size_t place, std::size_t count) {
    QPen pen(seriesColor(tokens, place), count > kThickUpTo ? 1.0 : 2.0, seriesStroke(place));
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

QPen thinPen(const Tokens& tokens, std::size_t place) {
    QPen pen(seriesColor(tokens, place), 1);
    pen.setCosmetic(true);
    return pen;
}

}  // namespace rw::ui
