from app.domain.actor import Role


def test_try(house, ordinary, country):
    c = house.national(Role.VIEWER)
    print(c.get("/api/v1/units", total="exact").json())
    for h in (house, ordinary):
        c = h.national(Role.VIEWER)
        print(
            c.ask(
                "{ units(first:3) { nodes { id name children { name } } pageInfo { endCursor } } }"
            )
        )
        print(c.ask("{ units(first:3) { nr: nodes { id name } } }"))
        print(c.ask("{ units(first:3) { nodes { %s: name } } }" % ("a" * 70)))
        print(h.national(Role.OPERATOR).ask('{ node(id: "VN") { id } }'))
        print(c.ask('{ units(first:3, where: {code: {eq: "\\u0000"}}) { nodes { id name } } }'))
    print(c.get("/api/v1/units", code="\0").text)
    print(c.get("/api/v1/units", fields="id[name").text)
