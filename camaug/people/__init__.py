"""Who is who: agencies and their tree, officers and their posts, citizens, businesses, places.

Agency     a body with an identity code; its dated facts (name, parent, kind, level) are its terms
Officer    one who works for agencies, in one or more positions, each with roles
Person     a citizen; Business a household business, enterprise or other organisation
Place      an administrative unit as the statistics office codes it, dated
"""
