#include "widgets/document/data_text.h"

#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/runtime/tap.h"
#include "core/views/table_view.h"

namespace rw::ui {

QString dataText(const Column& column, std::size_t row) {
    if (column.isNull(row)) return {};
    if (column.type().is(TypeId::Double)) return dataText(valueAt(column, row), column.type());
    std::string text;
    if (column.type().is(TypeId::Bytes)) {
        appendShownBytes(text, column.string(row), Tap::kLongestText);
    } else {
        appendCell(text, column, row);
    }
    return QString::fromStdString(text);
}

QString dataText(const Value& value, Type type) {
    if (isNull(value)) return {};
    if (const auto* number = std::get_if<double>(&value))
        return QString::fromStdString(figures::shown(*number));
    if (type.is(TypeId::Bytes)) {
        std::string text;
        appendShownBytes(text, std::get<std::string>(value), TableView::kLongestCell);
        return QString::fromStdString(text);
    }
    return QString::fromStdString(toText(value, type));
}

QString exactDataText(const Value& value, Type type) {
    if (type.is(TypeId::Bytes) && !isNull(value)) {
        const bool cut = std::get<std::string>(value).size() > TableView::kLongestCell;
        return QString::fromStdString(toText(value, type)) + (cut ? QStringLiteral("…") : QString());
    }
    const auto* number = std::get_if<double>(&value);
    return number ? QString::fromStdString(figures::exact(*number)) : dataText(value, type);
}

}  // namespace rw::ui
