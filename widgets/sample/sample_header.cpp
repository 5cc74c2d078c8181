#include "widgets/sample/sample_header.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/sample/sample_model.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kHeadHeight = 112, kHistogram = 26, kPadding = 8, kLeast = 88, kWidest = 200;

QString inHead(const char* text) {
    return QCoreApplication::translate("SampleHeader", text);
}

QString distinctText(const ColumnProfile& profile) {
    const std::size_t values = profile.rows - profile.nulls;
    if (profile.distinct == 1) return inHead(QT_TRANSLATE_NOOP("SampleHeader", "1 value"));
    if (profile.distinct == values && values > 1)
        return inHead(QT_TRANSLATE_NOOP("SampleHeader", "all distinct"));
    return inHead(QT_TRANSLATE_NOOP("SampleHeader", "%1 distinct")).arg(countText(profile.distinct));
}

QString nullText(const ColumnProfile& profile) {
    if (profile.nulls == 0) return inHead(QT_TRANSLATE_NOOP("SampleHeader", "no NULL"));
    return inHead(QT_TRANSLATE_NOOP("SampleHeader", "%1 NULL")).arg(countText(profile.nulls));
}

QString rangeText(const ColumnProfile& profile) {
    const QString least = shownText(QString::fromStdString(profile.least));
    const QString most = shownText(QString::fromStdString(profile.most));
    return least == most ? least : least + QStringLiteral(" – ") + most;
}

/// Bars as high as their share of the fullest.
void paintBins(QPainter& painter, const QRect& rect, const ColumnProfile& profile, const Tokens& t) {
    const std::uint64_t fullest = *std::max_element(profile.bins.begin(), profile.bins.end());
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    if (fullest == 0) return;
    const int bins = static_cast<int>(ColumnProfile::kBins);
    for (int bin = 0; bin < bins; ++bin) {
        const std::uint64_t rows = profile.bins[static_cast<std::size_t>(bin)];
        if (rows == 0) continue;
        const int left = rect.left() + rect.width() * bin / bins;
        const int right = rect.left() + rect.width() * (bin + 1) / bins;
        const int height = std::max(
            1, static_cast<int>(static_cast<double>(rows) / static_cast<double>(fullest) * rect.height()));
        painter.fillRect(QRect(left, rect.bottom() + 1 - height, std::max(1, right - left - 1), height),
                         t.accent);
    }
}

}  // namespace

QStringList profileLines(const SampleModel& model, int column) {
    const ColumnProfile* const profile = model.profile(column);
    if (profile == nullptr || profile->rows == 0) return {};
    return {distinctText(*profile), nullText(*profile), rangeText(*profile)};
}

SampleHeader::SampleHeader(const SampleModel& model, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_model(model) {
    setHighlightSections(false);
    setMinimumSectionSize(40);
}

QSize SampleHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), Theme::of(this).scaled(kHeadHeight)};
}

QSize SampleHeader::sectionSizeFromContents(int section) const {
    if (model() == nullptr) return {};  // asked once more while view and model are taken down
    const Theme& theme = Theme::of(this);
    const int height = theme.scaled(kHeadHeight);
    const QFontMetrics strong(theme.font(TextStyle::BodyStrong)), caption(theme.font(TextStyle::Caption)),
        code(theme.font(TextStyle::CodeSmall));
    const QString name = m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    if (section == SampleModel::kNumber) {
        const int widest = code.horizontalAdvance(countText(static_cast<std::uint64_t>(m_model.rowCount())));
        return {std::max(widest, strong.horizontalAdvance(name)) + 2 * kPadding, height};
    }
    int width = strong.horizontalAdvance(name);
    width =
        std::max(width, caption.horizontalAdvance(
                            m_model.headerData(section, Qt::Horizontal, TypedHeader::kTypeRole).toString()));
    for (const QString& line : profileLines(m_model, section))
        width = std::max(width, caption.horizontalAdvance(line));
    return {std::clamp(width + 2 * kPadding, theme.scaled(kLeast), theme.scaled(kWidest)), height};
}

void SampleHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    painter->save();
    painter->fillRect(rect, t.panel2);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), t.line);
    const QRect words = (rect & viewport()->rect()).adjusted(kPadding, 0, -kPadding, 0);
    int top = words.top() + metrics::kStep;
    const auto line = [&](TextStyle style, const QColor& color, const QString& text) {
        const int height = theme.lineHeight(style);
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.left(), top, words.width(), height), Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        top += height;
    };
    line(TextStyle::BodyStrong, section == SampleModel::kNumber ? t.dim : t.text,
         m_model.headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
    if (const ColumnProfile* const profile = m_model.profile(section)) {
        line(TextStyle::Caption, t.dim,
             m_model.headerData(section, Qt::Horizontal, TypedHeader::kTypeRole).toString());
        const int height = theme.scaled(kHistogram);
        paintBins(*painter, QRect(words.left(), top, words.width(), height - 2), *profile, t);
        top += height;
        for (const QString& text : profileLines(m_model, section)) line(TextStyle::Caption, t.dim, text);
    }
    painter->restore();
}

}  // namespace rw::ui
