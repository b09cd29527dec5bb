"""Caches hold so many bytes, regardless of who fills them."""

from app.db.bounded_cache import MAX_SHARE, BoundedCache, cache_within


def test_the_least_recently_used_entry_gives_way() -> None:
    cache: BoundedCache[int] = BoundedCache(100)
    for number in range(5):
        cache.put(number, number, 20)
    assert cache.get(0) == 0  # now the one used last
    cache.put(5, 5, 20)
    assert [cache.get(number) for number in range(6)] == [0, None, 2, 3, 4, 5]
    assert cache.bytes == 100


def test_an_entry_is_replaced_not_counted_twice() -> None:
    cache: BoundedCache[str] = BoundedCache(100)
    for size in (10, 20, 15):
        cache.put("key", str(size), size)
    assert (cache.get("key"), cache.bytes, len(cache)) == ("15", 15, 1)
    cache.clear()
    assert (cache.get("key"), cache.bytes, len(cache)) == (None, 0, 0)


def test_nobody_empties_a_cache_with_one_entry() -> None:
    cache: BoundedCache[int] = BoundedCache(100)
    cache.put("small", 1, 10)
    cache.put("large", 2, 100 // MAX_SHARE + 1)
    assert (cache.get("small"), cache.get("large")) == (1, None)


def test_a_function_is_called_once_for_each_key() -> None:
    calls = []

    def size_of(key: tuple[str], found: str) -> int:
        return len(key[0]) + len(found)

    @cache_within(1000, size_of)
    def double(text: str) -> str:
        calls.append(text)
        return text * 2

    assert [double("ab"), double("cd"), double("ab")] == ["abab", "cdcd", "abab"]
    assert calls == ["ab", "cd"]
    assert double.cache.bytes == 12
