#include "widgets/document/difference_text.h"

namespace rw::ui {

QString differenceSign(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::Added:
            return QStringLiteral("+");
        case DifferenceKind::Removed:
            return QStringLiteral("−");
        case DifferenceKind::Changed:
            return QStringLiteral("Δ");
        case DifferenceKind::Moved:
            break;
    }
    return QStringLiteral("↔");
}

QString differenceValue(const Json& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace rw::ui
