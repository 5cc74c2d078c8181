#include "widgets/document/data_text.h"

#include "core/base/figures.h"
#include "core/data/text.h"

namespace rw::ui {

QString dataText(const Column& column, std::size_t row) {
    if (column.isNull(row)) return {};
    if (column.type().is(TypeId::Double)) return dataText(valueAt(column, row), column.type());
    std::string text;
    appendCell(text, column, row);
    return QString::fromStdString(text);
}

QString dataText(const Value& value, Type type) {
    if (isNull(value)) return {};
    if (const auto* number = std::get_if<double>(&value))
        return QString::fromStdString(figures::shown(*number));
    return QString::fromStdString(toText(value, type));
}

QString exactDataText(const Value& value, Type type) {
    const auto* number = std::get_if<double>(&value);
    return number ? QString::fromStdString(figures::exact(*number)) : dataText(value, type);
}

}  // namespace rw::ui
