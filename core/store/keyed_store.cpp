#include "core/store/keyed_store.h"

namespace rw {

Status KeyedStore::checkRows(std::span<const StoreKey> keys, const StoreValues& values) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto value = values.at(i);
        if (keys[i].bytes.size() + (value ? value->size() : 0) <= kMostRowBytes) continue;
        return {ErrorCode::Refused, RW_TEXT("store", "The state of one key has more than 1 GiB."),
                RW_TEXT("store", "Take a key that has fewer rows, or forget rows after a time.")};
    }
    return {};
}

}  // namespace rw
