#include "widgets/theme/control_style.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStatusBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolTip>

#include "widgets/theme/button_painter.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {

constexpr int kFieldPadding = 8;
constexpr int kArrowWidth = 28;  // the chevron's column in a combo box
constexpr int kCellArrowWidth = 20;
constexpr int kStepWidth = 20;  // the two small chevrons of a spin box
constexpr int kListEdge = 5;    // the line and the padding of a combo box's list in controls.qss
constexpr int kMessageIcon = 28;

QStringView arrowName(QStyle::PrimitiveElement element) {
    switch (element) {
        case QStyle::PE_IndicatorArrowUp:
            return u"chevron-up";
        case QStyle::PE_IndicatorArrowDown:
            return u"chevron-down";
        case QStyle::PE_IndicatorArrowLeft:
            return u"chevron-left";
        case QStyle::PE_IndicatorArrowRight:
            return u"chevron-right";
        default:
            return {};
    }
}

QColor glyphColor(const Tokens& tokens, QStyle::State state) {
    return state & QStyle::State_Enabled ? tokens.dim : tokens.disabled;
}

int arrowWidth(const QWidget* combo) {
    return combo && combo->property("cell").toBool() ? kCellArrowWidth : kArrowWidth;
}

/// The width at which the list of `combo` shows its longest entry.
int listWidth(const QComboBox& combo) {
    const QAbstractItemView& list = *combo.view();
    int width = list.sizeHintForColumn(combo.modelColumn()) + 2 * kListEdge;
    if (const auto* around = qobject_cast<const QFrame*>(list.parentWidget()))
        width += 2 * around->frameWidth();
    const bool scrolls = combo.count() > combo.maxVisibleItems();
    return scrolls ? width + list.verticalScrollBar()->sizeHint().width() : width;
}

bool hasSteps(const QStyleOptionSpinBox& spin) {
    return spin.buttonSymbols != QAbstractSpinBox::NoButtons;
}

}  // namespace

ControlStyle::ControlStyle(const Theme& theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_theme(theme) {}

void ControlStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
        qobject_cast<QAbstractButton*>(widget)) {
        widget->setAttribute(Qt::WA_Hover);
        if (qobject_cast<QComboBox*>(widget)) {
            widget->installEventFilter(this);
            if (widget->focusPolicy() == Qt::WheelFocus) widget->setFocusPolicy(Qt::StrongFocus);
        }
    } else if (qobject_cast<QMenu*>(widget)) {
        widget->installEventFilter(this);
    } else if (auto* header = qobject_cast<QHeaderView*>(widget)) {
        header->setHighlightSections(false);
        if (header->orientation() == Qt::Horizontal)
            header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    } else if (auto* bar = qobject_cast<QStatusBar*>(widget)) {
        bar->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    } else if (auto* label = qobject_cast<QLabel*>(widget); label && label->textFormat() == Qt::AutoText) {
        label->setTextFormat(Qt::PlainText);
    }
}

// The words of a closed list give way to the room: its tooltip begins with them.
bool ControlStyle::showWhole(QComboBox& combo, const QHelpEvent& event) const {
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    const int room = subControlRect(CC_ComboBox, &option, SC_ComboBoxEditField, &combo).width();
    const bool plain = combo.itemIcon(combo.currentIndex()).isNull();
    const int icon = plain ? 0 : combo.iconSize().width() + metrics::kStep;
    const QString words = combo.currentText();
    if (combo.fontMetrics().horizontalAdvance(words) <= room - icon - metrics::kListPadding) return false;
    QString tip = tipText(words);
    if (!combo.toolTip().isEmpty()) tip += u'\n' + combo.toolTip();
    QToolTip::showText(event.globalPos(), tip, &combo);
    return true;
}

bool ControlStyle::eventFilter(QObject* watched, QEvent* event) {
    const bool menu = qobject_cast<QMenu*>(watched) != nullptr;
    if (menu && event->type() == QEvent::ShortcutOverride) {
        // A letter chooses an entry of the open menu; Qt takes it for a shortcut of the widget with the
        // keyboard.
        constexpr auto kOthers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
        const auto* key = static_cast<const QKeyEvent*>(event);
        if (!key->text().isEmpty() && (key->modifiers() & kOthers) == 0) event->accept();
        return event->isAccepted();
    }
    if (auto* combo = qobject_cast<QComboBox*>(watched); combo && event->type() == QEvent::ToolTip)
        return showWhole(*combo, *static_cast<QHelpEvent*>(event));
    if (menu || event->type() != QEvent::Wheel) return QProxyStyle::eventFilter(watched, event);
    // A user who scrolls a form past a closed list does not mean to choose from it.
    event->ignore();
    return true;
}

int ControlStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
        case PM_TabBarIconSize:
        case PM_ListViewIconSize:
            return m_theme.scaled(metrics::kIcon);
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing:
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing:
            return metrics::kGrid;
        case PM_LayoutLeftMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutBottomMargin:
            return metrics::kPanelPadding;
        case PM_SplitterWidth:
        case PM_DockWidgetSeparatorExtent:
        case PM_ToolBarSeparatorExtent:
            return 1;
        case PM_ScrollBarExtent:
            return 10;
        case PM_TreeViewIndentation:
            return m_theme.scaled(metrics::kPanelPadding);
        case PM_ComboBoxFrameWidth:
        case PM_SpinBoxFrameWidth:
        case PM_DefaultFrameWidth:
            return 1;
        case PM_ToolBarFrameWidth:
        case PM_ToolBarItemMargin:
            return 0;
        case PM_MessageBoxIconSize:
            return m_theme.scaled(kMessageIcon);
        case PM_FocusFrameHMargin:
        case PM_FocusFrameVMargin:
            return metrics::kStep;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon ControlStyle::standardIcon(StandardPixmap icon, const QStyleOption* option,
                                 const QWidget* widget) const {
    switch (icon) {
        case SP_MessageBoxQuestion:
            return m_theme.icon(u"help", ColorRole::Accent);
        case SP_MessageBoxInformation:
            return m_theme.icon(u"info", ColorRole::Accent);
        case SP_MessageBoxWarning:
            return m_theme.icon(u"warning", ColorRole::Warn);
        case SP_MessageBoxCritical:
            return m_theme.icon(u"error", ColorRole::Error);
        default:
            return QProxyStyle::standardIcon(icon, option, widget);
    }
}

int ControlStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* result) const {
    switch (hint) {
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
        case SH_ComboBox_Popup:
        case SH_DialogButtonBox_ButtonsHaveIcons:
        case SH_ItemView_ActivateItemOnSingleClick:
            return 0;
        case SH_ItemView_ShowDecorationSelected:
        case SH_ScrollBar_LeftClickAbsolutePosition:
            return 1;
        case SH_ToolTip_WakeUpDelay:
            return 400;
        case SH_Widget_Animation_Duration:
            return m_theme.reducedMotion() ? 0 : 120;
        default:
            return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QSize ControlStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                     const QWidget* widget) const {
    const int height = m_theme.scaled(metrics::kControlHeight);
    switch (type) {
        case CT_LineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (!frame || frame->lineWidth == 0) break;
            return {contents.width() + 2 * (kFieldPadding + 1), height};
        }
        case CT_ComboBox:
            // Qt rounds the width of the words down; the last letters would give way to a part of a pixel.
            return {contents.width() + 1 + kFieldPadding + 2 + arrowWidth(widget), height};
        case CT_CheckBox:
        case CT_RadioButton: {
            const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
            return {size.width() + metrics::kStep,
                    std::max(size.height(), m_theme.scaled(metrics::kMinimumTarget))};
        }
        case CT_PushButton:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
                return pushButtonSize(m_theme, *button, widget);
            break;
        case CT_ToolButton:
            if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option))
                return toolButtonSize(m_theme, *button, widget);
            break;
        case CT_ItemViewItem: {
            const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
            return {size.width(), std::max(size.height(), m_theme.scaled(metrics::kTableRowHeight))};
        }
        default:
            break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

QRect ControlStyle::subElementRect(SubElement element, const QStyleOption* option,
                                   const QWidget* widget) const {
    if (element == SE_LineEditContents) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!frame || frame->lineWidth == 0) return option->rect;
        return option->rect.adjusted(kFieldPadding - 1, 1, -kFieldPadding + 1, -1);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect ControlStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                   const QWidget* widget) const {
    const QRect r = option->rect;
    QRect result;
    if (control == CC_ComboBox && part == SC_ComboBoxArrow) {
        const int arrow = arrowWidth(widget);
        result = QRect(r.right() - arrow + 1, r.top(), arrow, r.height());
    } else if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        result = r.adjusted(kFieldPadding, 1, -arrowWidth(widget), -1);
    } else if (const auto* combo = qobject_cast<const QComboBox*>(widget);
               control == CC_ComboBox && part == SC_ComboBoxListBoxPopup && combo) {
        result = r;
        result.setWidth(std::max(r.width(), listWidth(*combo)));
    } else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
               control == CC_SpinBox && spin) {
        const int steps = hasSteps(*spin) ? kStepWidth : kFieldPadding;
        const QRect column(r.right() - kStepWidth + 1, r.top() + 1, kStepWidth, r.height() - 2);
        switch (part) {
            case SC_SpinBoxFrame:
                return r;
            case SC_SpinBoxEditField:
                result = r.adjusted(kFieldPadding, 1, -steps, -1);
                break;
            case SC_SpinBoxUp:
                if (hasSteps(*spin)) result = column.adjusted(0, 0, 0, -column.height() / 2);
                break;
            case SC_SpinBoxDown:
                if (hasSteps(*spin)) result = column.adjusted(0, column.height() / 2, 0, 0);
                break;
            default:
                break;
        }
    } else {
        return QProxyStyle::subControlRect(control, option, part, widget);
    }
    return visualRect(option->direction, r, result);
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    const Tokens& tokens = m_theme.tokens();
    switch (element) {
        case PE_PanelLineEdit: {
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (frame && frame->lineWidth > 0)
                paintField(*painter, option->rect, tokens, option->state, widget);
            return;
        }
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            paintCheckMark(*painter, option->rect, tokens, option->state);
            return;
        case PE_IndicatorRadioButton:
            paintRadioMark(*painter, option->rect, tokens, option->state);
            return;
        case PE_IndicatorArrowUp:
        case PE_IndicatorArrowDown:
        case PE_IndicatorArrowLeft:
        case PE_IndicatorArrowRight:
            paintGlyph(*painter, option->rect, arrowName(element), m_theme.scaled(metrics::kIconSmall),
                       glyphColor(tokens, option->state));
            return;
        case PE_IndicatorHeaderArrow: {
            const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
            const bool up = header && header->sortIndicator == QStyleOptionHeader::SortUp;
            paintGlyph(*painter, option->rect, up ? u"chevron-up" : u"chevron-down",
                       m_theme.scaled(metrics::kIconTiny), tokens.accent);
            return;
        }
        case PE_IndicatorMenuCheckMark:
            paintGlyph(*painter, option->rect, u"check", m_theme.scaled(metrics::kIconSmall), tokens.accent);
            return;
        case PE_IndicatorBranch:
            if (option->state & State_Children)
                paintGlyph(*painter, option->rect,
                           option->state & State_Open ? u"chevron-down" : u"chevron-right",
                           m_theme.scaled(metrics::kIconSmall), tokens.dim);
            return;
        case PE_FrameFocusRect:
            if (qobject_cast<const QTabBar*>(widget) != nullptr) return;  // the sheet draws a tab's
            paintFocusRing(*painter, option->rect, tokens, metrics::kControlRadius);
            return;
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ControlStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (element == CE_PushButton && button) {
        paintPushButton(*painter, m_theme, *button, widget);
    } else if (element == CE_ComboBoxLabel && combo) {
        // Qt cuts words in the middle of a letter.
        QStyleOptionComboBox shown = *combo;
        const QRect field = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
        const int icon = combo->currentIcon.isNull() ? 0 : combo->iconSize.width() + metrics::kStep;
        shown.currentText =
            combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, field.width() - 2 - icon);
        QProxyStyle::drawControl(element, &shown, painter, widget);
    } else {
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ControlStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                      QPainter* painter, const QWidget* widget) const {
    const Tokens& tokens = m_theme.tokens();
    const QColor glyph = glyphColor(tokens, option->state);
    if (control == CC_ComboBox) {
        paintField(*painter, option->rect, tokens, option->state, widget);
        paintGlyph(*painter, subControlRect(control, option, SC_ComboBoxArrow, widget), u"chevron-down",
                   m_theme.scaled(metrics::kIconSmall), glyph);
    } else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
               control == CC_SpinBox && spin) {
        paintField(*painter, option->rect, tokens, option->state, widget);
        if (!hasSteps(*spin)) return;
        const auto step = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag flag, QStringView name) {
            const bool hovered = (spin->activeSubControls & part) && (spin->state & State_MouseOver);
            const QColor color = !(spin->stepEnabled & flag) ? tokens.disabled
                                 : hovered                   ? tokens.text
                                                             : glyph;
            paintGlyph(*painter, subControlRect(control, option, part, widget), name,
                       m_theme.scaled(metrics::kIconTiny), color);
        };
        step(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, u"chevron-up");
        step(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, u"chevron-down");
    } else if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
               control == CC_ToolButton && tool) {
        paintToolButton(*painter, m_theme, *tool, widget);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

}  // namespace rw::ui
