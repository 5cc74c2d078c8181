#include "widgets/charts/why_score.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kBarRoom = 140;           ///< pixels for bars on both sides of zero
constexpr qsizetype kMostNameLetters = 40;  ///< of a feature's name
constexpr int kSignificant = 4;         ///< digits of a contribution

QString valueText(double value) {
    const QString words = shownNumber(figures::tidy(value, kSignificant));
    return value > 0 ? QLatin1Char('+') + words : words;
}

QString nameOf(const Contribution& contribution) {
    return shownText(QString::fromStdString(contribution.feature), kMostNameLetters);
}

/// A row for each feature: its name, a bar from zero to the right or to the left, and the number with its
/// sign, so that colour is not all that tells them apart.
class Bars final : public QWidget {
 public:
    Bars(std::vector<Contribution> bars, QWidget* parent) : QWidget(parent), m_bars(std::move(bars)) {}

    QSize sizeHint() const override {
        const QFontMetrics names = words(), numbers = figures();
        int name = 0, number = 0;
        for (const Contribution& each : m_bars) {
            name = std::max(name, names.horizontalAdvance(nameOf(each)));
            number = std::max(number, numbers.horizontalAdvance(valueText(each.value)));
        }
        const int rows = static_cast<int>(m_bars.size());
        return {name + number + Theme::of(this).scaled(kBarRoom) + 2 * metrics::kStep, rows * rowHeight()};
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = Theme::of(this);
        const Tokens& tokens = theme.tokens();
        const double room = theme.scaled(kBarRoom);
        int number = 0;
        for (const Contribution& each : m_bars)
            number = std::max(number, figures().horizontalAdvance(valueText(each.value)));
        const QRectF bars(width() - number - metrics::kStep - room, 0, room, height());
        double least = 0, most = 0;
        for (const Contribution& each : m_bars) {
            least = std::min(least, each.value);
            most = std::max(most, each.value);
        }
        const double scale = most > least ? room / (most - least) : 0;
        const double zero = bars.left() - least * scale;
        painter.setPen(tokens.line2);
        painter.drawLine(QPointF(zero, 0), QPointF(zero, height()));
        for (std::size_t i = 0; i < m_bars.size(); ++i) {
            const Contribution& each = m_bars[i];
            const QRectF row(0, static_cast<double>(i) * rowHeight(), width(), rowHeight());
            const QRectF bar(QPointF(zero, row.top() + 4),
                             QPointF(zero + each.value * scale, row.bottom() - 4));
            painter.fillRect(bar.normalized(), each.value < 0 ? tokens.series[1] : tokens.series[0]);
            painter.setPen(tokens.text);
            painter.setFont(theme.font(TextStyle::Caption));
            painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, nameOf(each));
            painter.setFont(theme.font(TextStyle::CodeSmall));
            painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, valueText(each.value));
        }
    }

 private:
    QFontMetrics words() const { return QFontMetrics(Theme::of(this).font(TextStyle::Caption)); }
    QFontMetrics figures() const { return QFontMetrics(Theme::of(this).font(TextStyle::CodeSmall)); }
    int rowHeight() const { return Theme::of(this).lineHeight(TextStyle::Body) + metrics::kGrid; }

    const std::vector<Contribution> m_bars;
};

QLabel* labelOf(const QString& words, const char* role, QWidget* parent) {
    auto* label = new QLabel(words, parent);
    label->setProperty("role", role);
    return label;
}

}  // namespace

QString WhyScore::menuWords() {
    return tr("Why this score?") + QStringLiteral("\tW");
}

QString WhyScore::wordsOf(const Contributions& contributions) {
    QStringList lines;
    for (const Contribution& each : contributions.all)
        lines << nameOf(each) + QLatin1Char(' ') + valueText(each.value);
    return lines.join(QLatin1Char('\n'));
}

WhyScore::WhyScore(const QString& of, const Contributions& contributions, QWidget* parent)
    : QFrame(parent, Qt::Popup) {
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("surface", "popover");
    setAccessibleName(tr("Why this score?"));
    setAccessibleDescription(wordsOf(contributions));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                               metrics::kStep);
    column->setSpacing(metrics::kGrid);
    column->addWidget(labelOf(tr("Why this score?"), "strong", this));
    column->addWidget(labelOf(shownText(of), "caption", this));
    const std::size_t shown = std::min(contributions.all.size(), kMostBars);
    if (shown == 0) {
        column->addWidget(labelOf(tr("This row has no contributions."), "dim", this));
        return;
    }
    const auto begin = contributions.all.begin();
    column->addWidget(new Bars({begin, begin + static_cast<std::ptrdiff_t>(shown)}, this));
    column->addWidget(
        labelOf(tr("Contribution of each feature to the score. Positive ones raise it."), "caption", this));
    if (const int left = static_cast<int>(contributions.all.size() - shown); left > 0)
        column->addWidget(labelOf(tr("%n smaller one(s) not shown", nullptr, left), "caption", this));
    if (contributions.cut)
        column->addWidget(labelOf(tr("The text is cut: further features are missing."), "warn", this));
}

void WhyScore::open(const QString& of, const std::string& text, const QPoint& at, QWidget* parent) {
    auto* popup = new WhyScore(of, contributionsIn(text), parent);
    popup->adjustSize();
    popup->place(at);
    popup->show();
    popup->setFocus(Qt::PopupFocusReason);
}

/// At the point, on its screen.
void WhyScore::place(const QPoint& at) {
    const QRect screen = parentWidget()->screen()->availableGeometry();
    move(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())),
         std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
}

void WhyScore::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape || event->key() == kKey) {
        close();
    } else {
        QFrame::keyPressEvent(event);
    }
}

}  // namespace rw::ui
